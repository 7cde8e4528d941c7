// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "first_frame.h"

#include <QElapsedTimer>
#include <QEventLoop>
#include <QProcess>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parvis::bench {

std::optional<double> firstFrameMs(const QString &program, const QStringList &arguments)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"QT_QUICK_BACKEND"_s, u"software"_s);
    // Qt itself says when a frame was drawn: the program need not know that it is measured.
    environment.insert(u"QT_LOGGING_RULES"_s, u"qt.scenegraph.time.renderloop=true"_s);
    QProcess process;
    process.setProcessEnvironment(environment);
    process.setStandardOutputFile(QProcess::nullDevice());
    std::optional<double> found;
    QEventLoop loop;
    QElapsedTimer timer;
    QByteArray said;
    QObject::connect(&process, &QProcess::readyReadStandardError, &loop, [&] {
        said += process.readAllStandardError();
        if (found || !said.contains("Frame rendered"))
            return;
        found = double(timer.nsecsElapsed()) / 1e6;
        loop.quit();
    });
    QObject::connect(&process, &QProcess::errorOccurred, &loop, &QEventLoop::quit);
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
    timer.start();
    process.start(program, arguments);
    loop.exec();
    process.disconnect(&loop);
    process.kill();
    process.waitForFinished();
    return found;
}

} // namespace parvis::bench
