// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "text/links.h"

#include "fuzz_target.h"

using namespace parvis;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString uri = QString::fromUtf8(fuzz::bytes(data, size));
    const MatrixLink link = parseLink(uri, QStringLiteral("https://exemple.gouv"));
    if (link.kind > MatrixLink::Kind::Invalid) {
        fuzz::require(link.id.size() > 1 && link.id.size() <= 255, "an id of a bounded length");
        fuzz::require(QStringLiteral("@#!").contains(link.id.at(0)), "a sigil");
        fuzz::require(link.via.size() <= MatrixLink::mostVia, "few servers");
        MatrixLink again = parseLink(matrixToLink(link.id));
        fuzz::require(again.id == link.id, "what is written is read");
    } else {
        fuzz::require(link.id.isEmpty() && link.event.isEmpty() && link.via.isEmpty(),
                      "nothing of a bad link");
    }
    const QString href = followable(uri);
    fuzz::require(href.isEmpty() || followable(href) == href, "followable twice");
    fuzz::require(!href.startsWith(QStringLiteral("javascript:"), Qt::CaseInsensitive), "no script");
    for (const WebAddress &address : webAddressesIn(uri, 100)) {
        fuzz::require(address.at >= 0 && address.length > 0 && address.at + address.length <= uri.size(),
                      "a place");
        fuzz::require(mayOpen(address.url), "it may be opened");
        (void)isDoubtful(address.url, uri);
    }
    return 0;
}
