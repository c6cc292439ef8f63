# One INTERFACE target carries what every target of the project is built with.
add_library(radpost_options INTERFACE)
add_library(radpost::options ALIAS radpost_options)

target_compile_features(radpost_options INTERFACE cxx_std_20)
target_include_directories(radpost_options INTERFACE "${PROJECT_SOURCE_DIR}")
target_compile_definitions(radpost_options INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_USE_QSTRINGBUILDER
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
    RADPOST_VERSION="${PROJECT_VERSION}")

if(MSVC)
    target_compile_options(radpost_options INTERFACE /W4 /utf-8 $<$<BOOL:${RADPOST_WERROR}>:/WX>)
else()
    target_compile_options(radpost_options INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Woverloaded-virtual
        -fno-omit-frame-pointer -fstack-protector-strong
        $<$<CONFIG:Release,RelWithDebInfo>:-D_FORTIFY_SOURCE=2>
        $<$<BOOL:${RADPOST_WERROR}>:-Werror>)
endif()
if(RADPOST_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache caches what uses a precompiled header only with this.
    target_compile_options(radpost_options INTERFACE -fpch-preprocess)
endif()

# Linking a test with sanitizers takes the default linker four times as long as compiling it.
find_program(RADPOST_LLD ld.lld)
if(RADPOST_LLD AND CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT APPLE AND NOT MSVC)
    target_link_options(radpost_options INTERFACE -fuse-ld=lld)
endif()

if(RADPOST_SANITIZE)
    list(JOIN RADPOST_SANITIZE "," _radpost_sanitizers)
    target_compile_options(radpost_options INTERFACE -fsanitize=${_radpost_sanitizers} -fno-sanitize-recover=all
        $<$<CONFIG:Debug>:-g1>) # enough for what a sanitizer prints; less to write and to link
    target_link_options(radpost_options INTERFACE -fsanitize=${_radpost_sanitizers})
    if("thread" IN_LIST RADPOST_SANITIZE)
        target_compile_definitions(radpost_options INTERFACE RADPOST_TSAN)
    endif()
endif()
