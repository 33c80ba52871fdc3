add_custom_target(klab_fuzzers)

# klab_add_fuzzer(NAME TARGET kNameTarget LIB klab_..): a libFuzzer executable, fuzz_NAME; only in the preset "fuzz".
function(klab_add_fuzzer name)
  if(NOT KLAB_FUZZ)
    return()
  endif()
  cmake_parse_arguments(ARG "" "TARGET;LIB" "" ${ARGN})
  add_executable(fuzz_${name} EXCLUDE_FROM_ALL ${CMAKE_SOURCE_DIR}/checks/fuzz/libfuzzer_main.cpp)
  target_compile_definitions(fuzz_${name} PRIVATE KLAB_FUZZ_TARGET=${ARG_TARGET})
  target_link_libraries(fuzz_${name} PRIVATE ${ARG_LIB})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(klab_fuzzers fuzz_${name})
endfunction()
