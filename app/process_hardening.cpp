// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "process_hardening.h"

#include <QByteArray>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <sys/stat.h>
#endif
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace parvis {

void hardenProcess()
{
    // Whoever can set these would run code inside the process that holds the keys.
    for (const char *name :
         {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML_IMPORT_PATH", "QML2_IMPORT_PATH",
          "QT_QUICK_CONTROLS_STYLE", "QT_QUICK_CONTROLS_STYLE_PATH", "QT_QUICK_CONTROLS_CONF",
          "QT_QUICK_CONTROLS_FALLBACK_STYLE", "QML_DISK_CACHE_PATH", "QML_DISABLE_DISK_CACHE",
          "QML_FORCE_DISK_CACHE", "QT_VIRTUALKEYBOARD_STYLE"})
        qunsetenv(name);
        // Byte code that another program could have written is not read, but for what is compiled into this
        // one.
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    qputenv("QML_DISK_CACHE", QByteArray("aot"));
#else
    // Without its cache, Qt 6.4 does not look at what is compiled in either: it gets one where nobody can
    // write.
    qputenv("QML_DISK_CACHE_PATH", QByteArray(":/no-cache"));
#endif
#ifdef Q_OS_UNIX
    umask(0077);
#ifdef QT_NO_DEBUG
    const rlimit none{0, 0};
    setrlimit(RLIMIT_CORE, &none);
#endif
#endif
#if defined(Q_OS_LINUX) && defined(QT_NO_DEBUG)
    prctl(PR_SET_DUMPABLE, 0);
#endif
}

} // namespace parvis
