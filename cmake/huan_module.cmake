# SPDX-License-Identifier: Apache-2.0
# One module = one static library with its own include root, so that an undeclared edge does not compile.
#
#   huan_module(NAME ledger TIER 1
#     HEADERS huan/ledger/post.hpp ...      below include/
#     SOURCES src/post.cpp ...
#     DEPS huan::base                       seen by users of the headers
#     PRIVATE_DEPS OpenSSL::Crypto          seen by the sources only
#     TESTS test/post_test.cpp ...          -> huan_ledger_test, registered with CTest
#     TESTING_HEADERS huan/ledger/testing/x.hpp  TESTING_SOURCES testing/x.cpp   -> huan::ledger_testing
#     TEST_DEPS huan::store_testing
#     TEST_LABELS threads                   besides `unit`; see HUAN_LABELS
#     UNITY sources tests)                  see below
#
# With -DHUAN_UNITY=ON (the presets release, asan, tsan and tidy) the sources or tests of a module that says UNITY are compiled a
# dozen at a time: a clean build spends its time on reading headers. Names in their unnamed namespaces have to differ; where a
# module is developed they are compiled one by one.
#
# A dependency has to be defined before its user: the order of add_subdirectory() is the order of the layers.
include_guard()

# What a test can be called with `ctest -L`. For each there is a target huan_tests_<label> that builds what it needs.
#   unit      beside the code, milliseconds           contract  a port's suite against each of its adapters
#   fuzz      corpora and their mutations, replayed   threads   also run under ThreadSanitizer
#   compile   code that must not compile              tidy      rules about the sources
#   scenario  text scenarios through the binary       http      the running server       e2e  a real browser
#   auditor   a plain model of the events predicts every reply of the real thing; a minute or two
#   soak      long; registered with -DHUAN_SOAK=ON and run by `make soak` only
set(HUAN_LABELS unit contract fuzz threads compile tidy auditor scenario http e2e soak)
foreach(label IN LISTS HUAN_LABELS)
  add_custom_target(huan_tests_${label})
endforeach()

# Labels for one CTest entry, and the targets it needs (executables or custom targets) for each of them.
function(huan_label_test name)
  cmake_parse_arguments(L "" "" "LABELS;NEEDS" ${ARGN})
  foreach(label IN LISTS L_LABELS)
    if(NOT label IN_LIST HUAN_LABELS)
      message(FATAL_ERROR "test ${name}: no label '${label}'; there are ${HUAN_LABELS} (cmake/huan_module.cmake)")
    endif()
    if(L_NEEDS)
      add_dependencies(huan_tests_${label} ${L_NEEDS})
    endif()
  endforeach()
  set_tests_properties(${name} PROPERTIES LABELS "${L_LABELS}")
endfunction()

function(huan_require_targets module)
  foreach(dep IN LISTS ARGN)
    if(NOT TARGET ${dep})
      message(FATAL_ERROR "${module} depends on ${dep}, which is not defined yet: its add_subdirectory() has to stand "
                          "above, in a lower tier (docs/ARCHITECTURE.md)")
    endif()
  endforeach()
endfunction()

function(huan_compile_together target)
  if(HUAN_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 12)
    # What a source keeps to itself looks shared when another source includes it.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()

function(huan_module)
  cmake_parse_arguments(M "" "NAME;TIER"
    "HEADERS;SOURCES;DEPS;PRIVATE_DEPS;TESTS;TEST_DEPS;TESTING_HEADERS;TESTING_SOURCES;TEST_LABELS;UNITY" ${ARGN})
  if(M_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "huan_module(${M_NAME}): what is ${M_UNPARSED_ARGUMENTS}?")
  endif()
  huan_require_targets(${M_NAME} ${M_DEPS} ${M_PRIVATE_DEPS})
  set(lib huan_${M_NAME})
  list(TRANSFORM M_HEADERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/include/)
  add_library(${lib} STATIC ${M_SOURCES})
  add_library(huan::${M_NAME} ALIAS ${lib})
  target_sources(${lib} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/include FILES ${M_HEADERS})
  target_include_directories(${lib} PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  target_link_libraries(${lib} PUBLIC ${M_DEPS} PRIVATE ${M_PRIVATE_DEPS} huan_warnings)
  set_target_properties(${lib} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON LINKER_LANGUAGE CXX)
  if("sources" IN_LIST M_UNITY)
    huan_compile_together(${lib})
  endif()
  if(M_TESTING_HEADERS)
    set(testing ${lib}_testing)
    list(TRANSFORM M_TESTING_HEADERS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/testing/include/)
    add_library(${testing} STATIC EXCLUDE_FROM_ALL ${M_TESTING_SOURCES})
    add_library(huan::${M_NAME}_testing ALIAS ${testing})
    target_sources(${testing} PUBLIC FILE_SET HEADERS BASE_DIRS ${CMAKE_CURRENT_SOURCE_DIR}/testing/include FILES ${M_TESTING_HEADERS})
    target_link_libraries(${testing} PUBLIC huan::${M_NAME} PRIVATE huan_warnings)
    set_target_properties(${testing} PROPERTIES LINKER_LANGUAGE CXX VERIFY_INTERFACE_HEADER_SETS OFF)
  endif()
  if(M_TESTS AND HUAN_TESTS)
    huan_test(${lib}_test LABELS unit ${M_TEST_LABELS} SOURCES ${M_TESTS} DEPS huan::${M_NAME} ${M_TEST_DEPS})
    target_include_directories(${lib}_test PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
    if("tests" IN_LIST M_UNITY)
      huan_compile_together(${lib}_test)
    endif()
  endif()
endfunction()

# A GoogleTest executable, one CTest entry; the project's root is its working directory.
function(huan_test name)
  cmake_parse_arguments(T "" "TIMEOUT" "SOURCES;DEPS;LABELS" ${ARGN})
  if(T_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "huan_test(${name}): what is ${T_UNPARSED_ARGUMENTS}?")
  endif()
  huan_require_targets(${name} ${T_DEPS})
  add_executable(${name} ${T_SOURCES})
  target_link_libraries(${name} PRIVATE ${T_DEPS} GTest::gtest GTest::gmock GTest::gtest_main huan_warnings)
  # What tests spend is compiling; what they run is in the modules, which keep their own level.
  if(HUAN_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    target_compile_options(${name} PRIVATE -O1)
  endif()
  if(soak IN_LIST T_LABELS AND NOT HUAN_SOAK)
    return()
  endif()
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1 WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  if(NOT T_TIMEOUT)
    set(T_TIMEOUT 300)
  endif()
  if(HUAN_SANITIZE)
    math(EXPR T_TIMEOUT "${T_TIMEOUT} * 4")
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${T_TIMEOUT} COST ${T_TIMEOUT})  # the long ones begin first
  huan_label_test(${name} LABELS ${T_LABELS} NEEDS ${name})
endfunction()
