include(GoogleTest)

# Builds tests on demand; everything that `./klab test` needs hangs on this target.
add_custom_target(klab_tests)

# These keep a core busy; gradings of submissions mostly wait, so twice as many run at a time: see ./klab.
#
# klab_add_tests(NAME SOURCES .. LIBS .. LABEL unit|broker|broken): a GoogleTest executable, one CTest test a TEST.
function(klab_add_tests name)
  cmake_parse_arguments(ARG "" "LABEL" "SOURCES;LIBS" ${ARGN})
  add_executable(${name} EXCLUDE_FROM_ALL ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE ${ARG_LIBS} GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE KLAB_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  add_dependencies(klab_tests ${name})
  if(ARG_LABEL STREQUAL "unit")
    set(timeout 60)
  else()
    set(timeout 300)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 TEST_PREFIX "${ARG_LABEL}: "
                       PROPERTIES LABELS ${ARG_LABEL} TIMEOUT ${timeout} PROCESSORS 2
                       ENVIRONMENT GITHUB_ACTIONS=)  # klab tells a job of GitHub more than its user
endfunction()
