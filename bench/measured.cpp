// Runs a program and writes what it cost as JSON: wall, CPU (user and system, all threads) and peak memory. A program
// of its own because a child begins with the peak memory of the process that started it, and a script interpreter's is
// larger than some of the senders.
//
//   measured OUTPUT.json PROGRAM ARGUMENT...

#include "bench/Wire.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>

namespace {

double seconds(const timeval& time)
{
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
}

} // namespace

int main(int argc, char** argv)
{
    if (argc < 3) {
        bench::die("usage: measured OUTPUT.json PROGRAM ARGUMENT...");
    }
    const auto begin = std::chrono::steady_clock::now();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        std::perror(argv[2]);
        _exit(127);
    }
    int status = 0;
    rusage usage{};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        bench::die("cannot run the program");
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - begin;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    std::FILE* out = std::fopen(argv[1], "w");
    if (out == nullptr) {
        bench::die("cannot write the result");
    }
    std::fprintf(out, "{\"exit\": %d, \"wall\": %.6f, \"cpu\": %.6f, \"rss_kb\": %ld}\n", code, wall.count(),
        seconds(usage.ru_utime) + seconds(usage.ru_stime), usage.ru_maxrss);
    std::fclose(out);
    return 0;
}
