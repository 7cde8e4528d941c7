// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "models/qr_item.h"

#include <QPainter>

#include <algorithm>

namespace parvis {

void QrItem::setVerification(VerificationModel *verification)
{
    if (m_verification == verification)
        return;
    if (m_verification)
        m_verification->disconnect(this);
    m_verification = verification;
    if (m_verification)
        connect(m_verification, &VerificationModel::changed, this, [this] { update(); });
    Q_EMIT verificationChanged();
    update();
}

void QrItem::paint(QPainter *painter)
{
    const QRect all = boundingRect().toRect();
    painter->fillRect(all, Qt::white);
    if (!m_verification || m_verification->picture().isNull())
        return;
    const QImage &picture = m_verification->picture();
    const int times = std::max(1, std::min(all.width(), all.height()) / picture.width());
    const int side = times * picture.width();
    const QRect place((all.width() - side) / 2, (all.height() - side) / 2, side, side);
    painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter->drawImage(place, picture);
}

} // namespace parvis
