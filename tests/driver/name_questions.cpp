// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
// Put in front of the C library (LD_PRELOAD), it writes down each name that the process asks the system for,
// one a line, into the file that PARVIS_NAME_QUESTIONS names.
#include <cstdio>
#include <cstdlib>
#include <dlfcn.h>
#include <netdb.h>

// The C library's own declaration has other attributes than ours could have.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                                  const addrinfo *hints, addrinfo **answer)
{
    if (const char *path = std::getenv("PARVIS_NAME_QUESTIONS"); path && name) {
        if (std::FILE *file = std::fopen(path, "a")) {
            std::fprintf(file, "%s\n", name);
            std::fclose(file);
        }
    }
    using Real = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, answer);
}
