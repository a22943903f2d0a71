# SPDX-License-Identifier: Apache-2.0
# A fuzz target: one LLVMFuzzerTestOneInput for one parser of outside input, with its corpus in git.
#
#   huan_fuzz(time SOURCES fuzz/time_fuzz.cpp DEPS huan::base CORPUS fuzz/corpus/time)
#
# In the `fuzz` preset (clang) it becomes a libFuzzer program, bin/time_fuzz. In every other build it becomes the CTest
# entry fuzz_time, which replays the corpus and a few hundred seeded mutations of it (fuzz/replay_main.cpp).
# Paths are from the folder of the calling CMakeLists.txt.
include_guard()
add_custom_target(huan_fuzzers)

function(huan_fuzz name)
  cmake_parse_arguments(F "" "CORPUS" "SOURCES;DEPS" ${ARGN})
  if(F_UNPARSED_ARGUMENTS OR NOT F_CORPUS OR NOT F_SOURCES)
    message(FATAL_ERROR "huan_fuzz(${name} SOURCES … DEPS … CORPUS dir): missing or unknown argument")
  endif()
  file(REAL_PATH ${F_CORPUS} corpus BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT IS_DIRECTORY ${corpus})
    message(FATAL_ERROR "huan_fuzz(${name}): no corpus folder ${corpus}")
  endif()
  if(HUAN_FUZZ)
    huan_require_targets(${name}_fuzz ${F_DEPS})
    add_executable(${name}_fuzz ${F_SOURCES})
    target_link_libraries(${name}_fuzz PRIVATE ${F_DEPS} huan_warnings)
    target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
    add_dependencies(huan_fuzzers ${name}_fuzz)
  elseif(HUAN_TESTS)
    huan_require_targets(fuzz_${name} ${F_DEPS})
    add_executable(fuzz_${name} ${F_SOURCES} ${PROJECT_SOURCE_DIR}/fuzz/replay_main.cpp)
    target_link_libraries(fuzz_${name} PRIVATE ${F_DEPS} huan_warnings)
    add_test(NAME fuzz_${name} COMMAND fuzz_${name} ${corpus} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(fuzz_${name} PROPERTIES TIMEOUT 120)
    huan_label_test(fuzz_${name} LABELS fuzz NEEDS fuzz_${name})
  endif()
endfunction()
