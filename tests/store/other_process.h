// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <cstdio>
#include <cstdlib>

namespace parvis {

/// The same test program once more, as another process: started with a word that its main() knows.
class OtherProcess
{
public:
    explicit OtherProcess(const QStringList &arguments)
        : OtherProcess(QCoreApplication::applicationFilePath(), arguments)
    {
    }
    OtherProcess(const QString &program, const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, arguments);
    }
    ~OtherProcess() { kill(); }

    /// Waits until it has said @p word on a line of its own.
    [[nodiscard]] bool says(const QByteArray &word)
    {
        while (!m_heard.split('\n').contains(word)) {
            if (!m_process.waitForReadyRead(60'000))
                return false;
            m_heard += m_process.readAllStandardOutput();
        }
        return true;
    }

    /// SIGKILL: nothing is flushed, nothing is closed.
    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
        m_heard += m_process.readAllStandardOutput();
    }

    [[nodiscard]] bool succeeds()
    {
        return m_process.waitForFinished(120'000) && m_process.exitStatus() == QProcess::NormalExit
            && m_process.exitCode() == 0;
    }

    /// Whole lines only: of the last one, a part may be missing.
    [[nodiscard]] QList<QByteArray> lines() const
    {
        QList<QByteArray> lines = m_heard.split('\n');
        lines.removeLast();
        return lines;
    }

    /// To be called by the other side: the line is out when it returns.
    static void say(const QByteArray &line)
    {
        if (std::fputs((line + '\n').constData(), stdout) < 0 || std::fflush(stdout) != 0)
            std::abort(); // the other side waits for it
    }

private:
    QProcess m_process;
    QByteArray m_heard;
};

} // namespace parvis
