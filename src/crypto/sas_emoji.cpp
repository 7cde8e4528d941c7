// SPDX-FileCopyrightText: Parvis contributors
// SPDX-License-Identifier: EUPL-1.2
#include "crypto/sas_emoji.h"

#include <array>

namespace parvis::crypto {

namespace {

struct Row {
    const char16_t *symbol;
    const char16_t *english;
    const char16_t *french;
};

// Client-server specification, "SAS method: emoji". Some pictures need U+FE0F to be one.
constexpr std::array rows{
    Row{u"\U0001F436", u"Dog", u"Chien"},
    Row{u"\U0001F431", u"Cat", u"Chat"},
    Row{u"\U0001F981", u"Lion", u"Lion"},
    Row{u"\U0001F40E", u"Horse", u"Cheval"},
    Row{u"\U0001F984", u"Unicorn", u"Licorne"},
    Row{u"\U0001F437", u"Pig", u"Cochon"},
    Row{u"\U0001F418", u"Elephant", u"Éléphant"},
    Row{u"\U0001F430", u"Rabbit", u"Lapin"},
    Row{u"\U0001F43C", u"Panda", u"Panda"},
    Row{u"\U0001F413", u"Rooster", u"Coq"},
    Row{u"\U0001F427", u"Penguin", u"Manchot"},
    Row{u"\U0001F422", u"Turtle", u"Tortue"},
    Row{u"\U0001F41F", u"Fish", u"Poisson"},
    Row{u"\U0001F419", u"Octopus", u"Poulpe"},
    Row{u"\U0001F98B", u"Butterfly", u"Papillon"},
    Row{u"\U0001F337", u"Flower", u"Fleur"},
    Row{u"\U0001F333", u"Tree", u"Arbre"},
    Row{u"\U0001F335", u"Cactus", u"Cactus"},
    Row{u"\U0001F344", u"Mushroom", u"Champignon"},
    Row{u"\U0001F30F", u"Globe", u"Globe"},
    Row{u"\U0001F319", u"Moon", u"Lune"},
    Row{u"\u2601\uFE0F", u"Cloud", u"Nuage"},
    Row{u"\U0001F525", u"Fire", u"Feu"},
    Row{u"\U0001F34C", u"Banana", u"Banane"},
    Row{u"\U0001F34E", u"Apple", u"Pomme"},
    Row{u"\U0001F353", u"Strawberry", u"Fraise"},
    Row{u"\U0001F33D", u"Corn", u"Maïs"},
    Row{u"\U0001F355", u"Pizza", u"Pizza"},
    Row{u"\U0001F382", u"Cake", u"Gâteau"},
    Row{u"\u2764\uFE0F", u"Heart", u"Cœur"},
    Row{u"\U0001F600", u"Smiley", u"Sourire"},
    Row{u"\U0001F916", u"Robot", u"Robot"},
    Row{u"\U0001F3A9", u"Hat", u"Chapeau"},
    Row{u"\U0001F453", u"Glasses", u"Lunettes"},
    Row{u"\U0001F527", u"Spanner", u"Clé à molette"},
    Row{u"\U0001F385", u"Santa", u"Père Noël"},
    Row{u"\U0001F44D", u"Thumbs Up", u"Pouce en l’air"},
    Row{u"\u2602\uFE0F", u"Umbrella", u"Parapluie"},
    Row{u"\u231B", u"Hourglass", u"Sablier"},
    Row{u"\u23F0", u"Clock", u"Réveil"},
    Row{u"\U0001F381", u"Gift", u"Cadeau"},
    Row{u"\U0001F4A1", u"Light Bulb", u"Ampoule"},
    Row{u"\U0001F4D5", u"Book", u"Livre"},
    Row{u"\u270F\uFE0F", u"Pencil", u"Crayon"},
    Row{u"\U0001F4CE", u"Paperclip", u"Trombone"},
    Row{u"\u2702\uFE0F", u"Scissors", u"Ciseaux"},
    Row{u"\U0001F512", u"Lock", u"Cadenas"},
    Row{u"\U0001F511", u"Key", u"Clé"},
    Row{u"\U0001F528", u"Hammer", u"Marteau"},
    Row{u"\u260E\uFE0F", u"Telephone", u"Téléphone"},
    Row{u"\U0001F3C1", u"Flag", u"Drapeau"},
    Row{u"\U0001F682", u"Train", u"Train"},
    Row{u"\U0001F6B2", u"Bicycle", u"Vélo"},
    Row{u"\u2708\uFE0F", u"Aeroplane", u"Avion"},
    Row{u"\U0001F680", u"Rocket", u"Fusée"},
    Row{u"\U0001F3C6", u"Trophy", u"Trophée"},
    Row{u"\u26BD", u"Ball", u"Ballon"},
    Row{u"\U0001F3B8", u"Guitar", u"Guitare"},
    Row{u"\U0001F3BA", u"Trumpet", u"Trompette"},
    Row{u"\U0001F514", u"Bell", u"Cloche"},
    Row{u"\u2693", u"Anchor", u"Ancre"},
    Row{u"\U0001F3A7", u"Headphones", u"Casque audio"},
    Row{u"\U0001F4C1", u"Folder", u"Dossier"},
    Row{u"\U0001F4CC", u"Pin", u"Punaise"},
};
static_assert(rows.size() == 64);

} // namespace

SasEmoji sasEmoji(int index)
{
    Q_ASSERT(index >= 0 && size_t(index) < rows.size());
    const Row &row = rows[size_t(index)];
    return {QString::fromUtf16(row.symbol), QString::fromUtf16(row.english), QString::fromUtf16(row.french)};
}

} // namespace parvis::crypto
