// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "application.h"

#include "models/error_text.h"
#include "models/icon_provider.h"
#include "platform/desktop.h"
#include "platform/keychain_vault.h"
#include "platform/power.h"
#include "policy/profile_folder.h"

#include <QDateTime>
#include <QDir>
#include <QGuiApplication>
#include <QNetworkAccessManager>
#include <QPalette>
#include <QQmlNetworkAccessManagerFactory>
#include <QQuickWindow>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace parvis {

namespace {

class SystemClock final : public Clock
{
public:
    [[nodiscard]] qint64 nowMs() const override { return QDateTime::currentMSecsSinceEpoch(); }
};

/// QML has nothing to fetch: whatever a page or a stranger's text names, no request leaves.
class NoNetwork final : public QNetworkAccessManager
{
public:
    using QNetworkAccessManager::QNetworkAccessManager;

protected:
    QNetworkReply *createRequest(Operation, const QNetworkRequest &, QIODevice *) override
    {
        const QNetworkRequest nowhere; // fails at once: no address
        return QNetworkAccessManager::createRequest(GetOperation, nowhere, nullptr);
    }
};

class NoNetworkFactory final : public QQmlNetworkAccessManagerFactory
{
public:
    QNetworkAccessManager *create(QObject *parent) override { return new NoNetwork(parent); }
};

QString profileFolder(const CommandLine &arguments, const policy::Policy &policy)
{
    const QString asked = arguments.profile.isEmpty() ? QString() : QDir(arguments.profile).absolutePath();
    return policy::profileFolder(policy, asked,
                                 QStandardPaths::writableLocation(QStandardPaths::AppDataLocation));
}

} // namespace

Application::Application(const CommandLine &arguments)
    : m_policy(policy::readPolicyFile(QString::fromLatin1(policy::systemPolicyPath))),
      m_profile(profileFolder(arguments, m_policy.policy)),
      m_clock(std::make_unique<SystemClock>())
{
    const policy::Policy &policy = m_policy.policy;
    log::setLevel(policy.text(policy::Key::LogLevel), policy.value(policy::Key::LogLevel).locked);
    m_log = std::make_unique<log::LogFiles>(m_profile + u"/logs"_s, *m_clock);
    for (const policy::Mistake &mistake : std::as_const(m_policy.mistakes))
        qCWarning(log::ui) << "policy:" << mistake.key << "line" << mistake.line << mistake.message;
    if (!arguments.profile.isEmpty() && policy.value(policy::Key::ProfileFolder).locked)
        qCWarning(log::ui) << "policy: profile_folder is mandatory, --profile is passed over";
    m_core = std::make_unique<ClientCore>(
        CoreConfig{.profileFolder = m_profile,
                   .policy = m_policy.policy,
                   .userAgent = "Parvis/" PARVIS_VERSION,
                   .makeVault = [] { return std::make_unique<KeychainVault>(u"Parvis"_s); },
                   .suggestedServer = arguments.server,
                   .onBattery = [] { return runsOnBattery(); },
                   .rebuildCache = arguments.rebuild});
}

Application::~Application()
{
    if (!m_model)
        return;
    const UiTurns &turns = *m_model->turns();
    qCInfo(log::ui).nospace() << "turns: " << turns.count() << ", p50 " << turns.percentile(0.5)
                              << " ms, p99 " << turns.percentile(0.99) << " ms, p99.9 "
                              << turns.percentile(0.999) << " ms, longest " << turns.longestMs() << " ms";
}

Result<void> Application::open()
{
    if (auto opened = m_core->open(); !opened)
        return opened;
    readSystemLook();
    qGuiApp->installEventFilter(this);
    m_desktop = makeDesktop();
    m_model = std::make_unique<AppModel>(parvis::Ports{.account = m_core->account(),
                                                       .login = m_core->login(),
                                                       .rooms = m_core->rooms(),
                                                       .timeline = m_core->timelines(),
                                                       .composer = m_core->composer(),
                                                       .media = m_core->media(),
                                                       .settings = m_core->settings(),
                                                       .encryption = m_core->encryption(),
                                                       .verifications = m_core->verifications(),
                                                       .search = m_core->search(),
                                                       .upkeep = m_core->upkeep(),
                                                       .notifications = m_core->notifications(),
                                                       .desktop = m_desktop.get()},
                                         *m_clock);
    connect(m_model.get(), &AppModel::raiseWanted, this, &Application::raise);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, m_model.get(),
            [this](Qt::ApplicationState state) { m_model->setActive(state == Qt::ApplicationActive); });
    m_model->setActive(QGuiApplication::applicationState() == Qt::ApplicationActive);
    makeQmlEngine();
    m_language = std::make_unique<UiLanguage>(*m_model, *m_qml);
    m_qml->setInitialProperties({{u"app"_s, QVariant::fromValue(m_model.get())}});
    m_qml->load(QUrl(u"qrc:/qt/qml/Parvis/Shell/Main.qml"_s));
    if (m_qml->rootObjects().isEmpty())
        return fail(ErrorKind::Bug, u"PARVIS_NO_WINDOW"_s);
    countTurns();
    return {};
}

void Application::showProblem(const Error &error)
{
    readSystemLook();
    m_settings = std::make_unique<SettingsModel>(m_core->settings());
    makeQmlEngine();
    m_language = std::make_unique<UiLanguage>(*m_settings, *m_qml, std::function<void()>());
    m_qml->setInitialProperties({{u"reason"_s, ErrorText::of(error)},
                                 {u"dark"_s, m_settings->dark()},
                                 {u"textScale"_s, m_settings->textScale() / 100.0}});
    m_qml->load(QUrl(u"qrc:/qt/qml/Parvis/Shell/StartProblem.qml"_s));
}

void Application::makeQmlEngine()
{
    m_language.reset();
    m_qml = std::make_unique<QQmlApplicationEngine>();
    static NoNetworkFactory noNetwork;
    m_qml->setNetworkAccessManagerFactory(&noNetwork);
    m_qml->addImageProvider(u"icon"_s, new IconProvider);
    m_qml->addImportPath(u"qrc:/qt/qml"_s);
}

void Application::countTurns()
{
    m_model->turns()->watch();
    if (auto *window = qobject_cast<QQuickWindow *>(m_qml->rootObjects().constFirst()))
        m_model->turns()->watch(*window);
}

void Application::raise()
{
    auto *window = qobject_cast<QQuickWindow *>(m_qml->rootObjects().value(0));
    if (!window)
        return;
    if (window->visibility() == QWindow::Minimized)
        window->showNormal();
    window->raise();
    window->requestActivate();
}

void Application::readSystemLook()
{
    // Qt 6.4 knows no colour scheme: a desktop in dark colours has light text.
    const QPalette palette = QGuiApplication::palette();
    const bool dark =
        palette.color(QPalette::WindowText).lightness() > palette.color(QPalette::Window).lightness();
    m_core->settings().setSystemLook({.dark = dark, .reduceMotion = false});
}

bool Application::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange)
        readSystemLook();
    return QObject::eventFilter(watched, event);
}

} // namespace parvis
