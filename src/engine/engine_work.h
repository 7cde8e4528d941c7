// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <QObject>

namespace parvis {

class Engine;

/// Something that works for a while with all parts of an engine, answers once, and then deletes itself. What
/// is still at work when the engine goes, goes before any part does, and what it promised answers Cancelled:
/// a request that ends later finds nobody. Core thread.
class EngineWork : public QObject
{
    Q_OBJECT

public:
    /// Ends all that still works for @p engine, while its parts live.
    static void endAll(Engine &engine);

protected:
    explicit EngineWork(Engine &engine);

    Engine &m_engine;
};

} // namespace parvis
