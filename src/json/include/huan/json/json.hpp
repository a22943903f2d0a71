// SPDX-License-Identifier: Apache-2.0
// Everything of this module: reading outside JSON strictly (document.hpp), RFC 8785 bytes
// (canonical.hpp), composing records (writer.hpp), bulk bodies (split.hpp).
#pragma once

#include "huan/json/canonical.hpp"
#include "huan/json/document.hpp"
#include "huan/json/split.hpp"
#include "huan/json/value.hpp"
#include "huan/json/writer.hpp"
