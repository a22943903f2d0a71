#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Takes the pictures of docs/guide from what the browser tests saw last: run them first (make test, or ctest -L e2e).
#   tools/guide.sh [folder of the screenshots (build/release/screenshots)]
set -eu
cd "$(dirname "$0")/.."
from=${1:-build/release/screenshots}
for name in sign-in-zh overview-zh overview-en trace-zh trace-en tickets-zh registry-zh stock-zh stock-en statistics-zh statistics-en plan-done-zh \
            counter-zh counter-offline-zh counter-receipt-zh overview-zh-phone team-zh privacy-zh privacy-en plan-compare-zh where-zh-phone resident-book-zh import-zh prices-zh \
            tasks-zh declarations-zh counter-scale-zh work-process-zh plan-what-if-zh money-invoices-zh supervision-draws-zh dispatch-board-zh inspect-visit-zh; do
  cp "$from/$name.png" docs/guide/shots/
done
