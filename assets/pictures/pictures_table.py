"""Every picture key of the shop, and what its picture is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assets.pictures.pack import Pack, Plain

__all__ = ["PICTURES"]

_COW: Final = Plain("🐄")
_CUP_LID: Final = "#D5DCE1"
_LEAF: Final = Plain("🌿")
_RASPBERRY: Final = Pack("raspberry")
_ALMOND: Final = Pack("almond")
_RED_PEPPER: Final = Plain("🫑", hue=4, strength=1.15, bright=1.25, keep=0.26)
_WHITE_GRAPES: Final = Plain("🍇", hue=82, strength=0.8, bright=1.12)
_WHITE: Final = "#F4F6F7"
_GLASS: Final = "#CFE6E4"

_FRUIT: Final[Mapping[str, Plain | Pack]] = {
    "banana": Plain("🍌"),
    "apple-red": Plain("🍎"),
    "apple-green": Plain("🍏"),
    "apples-bag": Pack("loaf-bag", "#DCEBDD", "#2F7D46", "#F2B632", Plain("🍎")),
    "pear": Plain("🍐"),
    "orange": Plain("🍊"),
    "oranges-net": Pack("net", "#E4572E", cap="#E4572E", emoji=Plain("🍊")),
    "mandarins-net": Pack("net", "#2F7D46", cap="#2F7D46", emoji=Plain("🍊", turn=-8, bright=1.05)),
    "lemon": Plain("🍋"),
    "lime": Plain("🍋", turn=38, strength=0.85, bright=0.8),
    "grapes": Plain("🍇", turn=62, strength=1.1, bright=0.86),
    "grapes-white": _WHITE_GRAPES,
    "strawberry": Plain("🍓"),
    "raspberry": _RASPBERRY,
    "blueberry": Plain("🫐"),
    "peach": Plain("🍑"),
    "nectarine": Plain("🍑", turn=-14, strength=1.35, bright=0.92),
    "plum": Plain("🍑", turn=-88, strength=0.95, bright=0.66),
    "cherry": Plain("🍒"),
    "kiwi": Plain("🥝"),
    "mango": Plain("🥭"),
    "pineapple": Plain("🍍"),
    "avocado": Plain("🥑"),
    "melon": Plain("🍈"),
    "watermelon": Plain("🍉"),
    "coconut": Plain("🥥"),
}

_VEGETABLES: Final[Mapping[str, Plain | Pack]] = {
    "tomato": Plain("🍅"),
    "cherry-tomatoes": Pack("punnet", "#8FB8D6", emoji=Plain("🍅")),
    "cucumber": Plain("🥒"),
    "pepper-red": _RED_PEPPER,
    "pepper-yellow": Plain("🫑", hue=44, strength=1.2, bright=1.5, keep=0.26),
    "peppers-bag": Pack("loaf-bag", "#E3EDE0", "#C23B22", "#2F7D46", Plain("🫑")),
    "carrot": Plain("🥕"),
    "potatoes-net": Pack("net", "#7A5A3A", cap="#F2B632", emoji=Plain("🥔")),
    "potato": Plain("🥔"),
    "sweet-potato": Plain("🍠"),
    "onion": Plain("🧅"),
    "red-onion": Plain("🧅", turn=-70, strength=0.9, bright=0.82),
    "garlic": Plain("🧄"),
    "ginger": Plain("🫚"),
    "broccoli": Plain("🥦"),
    "cauliflower": Pack("cauliflower"),
    "aubergine": Plain("🍆"),
    "courgette": Pack("courgette"),
    "lettuce": Plain("🥬"),
    "salad-bag": Pack("pillow", "#E5F0DC", "#FFFFFF", emoji=Plain("🥗")),
    "spinach-bag": Pack("pillow", "#BBDDA6", "#F7FBF2", emoji=Plain("🥬")),
    "mushroom": Pack("mushroom"),
    "leek": Pack("leek"),
    "spring-onion": Pack("leek", cap="#D7264F"),
    "radish": Pack("radish"),
    "beetroot": Pack("beetroot"),
    "pumpkin": Pack("pumpkin"),
    "corn": Plain("🌽"),
    "asparagus": Pack("asparagus"),
    "chilli": Plain("🌶"),
    "peas": Plain("🫛"),
    "herb-pot": Plain("🪴"),
    "herb-bunch": _LEAF,
}

_BAKERY: Final[Mapping[str, Plain | Pack]] = {
    "bread": Plain("🍞"),
    "farmhouse-loaf": Pack("loaf", "#B9742F"),
    "seed-bread": Pack("loaf", "#8A5527", "#F1D9A4"),
    "toast": Pack("loaf-bag", "#F6E7C8", "#D9482B", "#F2B632", Plain("🍞")),
    "crispbread": Pack("flat-box", "#C48A3F", "#F6E7C8", emoji=Plain("🌾")),
    "bun": Pack("bun"),
    "bun-seed": Pack("bun", label="#FFF3D6"),
    "baguette": Plain("🥖"),
    "pretzel": Plain("🥨"),
    "croissant": Plain("🥐"),
    "doughnut": Plain("🍩"),
    "muffin": Plain("🧁"),
    "cake-slice": Plain("🍰"),
    "bagel": Plain("🥯"),
    "wraps": Pack("loaf-bag", "#F3EBDD", "#3E7A35", "#3E7A35", Plain("🌯")),
    "flatbread": Plain("🫓"),
    "burger-buns": Pack("loaf-bag", "#F6E7C8", "#26364A", "#D9482B", Plain("🍔")),
    "cake-loaf": Pack("flat-box", "#7B4A2D", "#F0D9B5", emoji=Plain("🍰")),
}

_DAIRY: Final[Mapping[str, Plain | Pack]] = {
    "milk": Plain("🥛"),
    "milk-carton": Pack("carton", "#EAF3E2", "#4E9A3B", "#4E9A3B", _COW),
    "milk-carton-light": Pack("carton", "#E8F1FA", "#6AAEE0", "#3F86C4", _COW),
    "milk-lactose-free": Pack("carton", "#F0EAF8", "#8A6BC0", "#8A6BC0", _COW),
    "uht-milk": Pack("brick", "#F4F6F7", "#2463AC", "#2463AC", Plain("🥛")),
    "buttermilk": Pack("cup", _WHITE, "#E9B949", _CUP_LID, Plain("🥛")),
    "kefir": Pack("smoothie-bottle", _WHITE, "#2BA6A0", "#2BA6A0", Plain("🥛")),
    "chocolate-milk": Pack("smoothie-bottle", "#8A5A3B", "#F6E7C8", "#5B3420", Plain("🍫")),
    "cream": Pack("small-cup", _WHITE, "#2463AC", _CUP_LID, Plain("🍦")),
    "sour-cream": Pack("small-cup", _WHITE, "#3E8E5A", _CUP_LID, Plain("🥣")),
    "creme-fraiche": Pack("small-cup", _WHITE, "#26364A", "#C9A64B", _LEAF),
    "yoghurt-strawberry": Pack("cup", "#FBE9EC", "#E2506B", _CUP_LID, Plain("🍓")),
    "yoghurt-blueberry": Pack("cup", "#ECEBF8", "#5662B8", _CUP_LID, Plain("🫐")),
    "yoghurt-plain": Pack("bucket", _WHITE, "#DDEBF5", "#5AA2D6", Plain("🥄")),
    "yoghurt-greek": Pack("bucket", _WHITE, "#2463AC", "#2463AC", Plain("🍯")),
    "quark": Pack("tub", _WHITE, "#2FA36B", "#2FA36B", Plain("🥣")),
    "pudding": Pack("cup", "#6B3A1E", "#4A2714", "#E9B949", Plain("🍮")),
    "butter": Plain("🧈"),
    "margarine": Pack("tub", "#F7D95B", "#C98A1B", "#F2C230", Plain("🌻")),
    "cheese": Plain("🧀"),
    "cheese-slices": Pack("tray", "#F2C230", "#F8E7A8", "#FFFFFF", Plain("🧀")),
    "grated-cheese": Pack("pouch", "#F2C230", "#FFF7DC", emoji=Plain("🧀")),
    "camembert": Pack("wheel", "#F4EFE3", "#F2DC9A"),
    "mozzarella": Pack("pouch", "#E3F0F8", "#FFFFFF", emoji=Pack("mozzarella")),
    "white-cheese": Pack("butter", "#EAF1F6", "#2463AC", emoji=Plain("🐑")),
    "cream-cheese": Pack("tub", _WHITE, "#3E8E5A", "#DDE9D8", _LEAF),
    "egg": Plain("🥚"),
    "egg-box": Pack("egg-box", "#A9B7A0", emoji=Plain("🥚")),
    "oat-drink": Pack("brick", "#F3EBDD", "#C98A3B", "#7B4A2D", Plain("🌾")),
    "almond-drink": Pack("brick", "#F1E6DA", "#B5783F", "#B5783F", _ALMOND),
    "soya-drink": Pack("brick", "#E9F1E0", "#5C9A4B", "#2F7434", Plain("🫛")),
}

_CHILLED: Final[Mapping[str, Plain | Pack]] = {
    "mince": Pack("mince-tray", "#2B3A44", "#D98A86"),
    "mince-beef": Pack("mince-tray", "#2B3A44", "#B5403A", "#F2C230"),
    "steak": Plain("🥩"),
    "cutlet": Pack("tray", "#2B3A44", "#F3D9D2", emoji=Plain("🍖")),
    "chicken-breast": Pack("tray", "#E9EEF1", "#F7E7CF", "#F2C230", Plain("🐔")),
    "chicken-legs": Plain("🍗"),
    "bacon": Plain("🥓"),
    "sausages": Pack("sausages", "#B5683A", "#5B2E17"),
    "frankfurters": Pack("sausages", "#D2714E"),
    "ham": Pack("slices", "#F0A7A4"),
    "salami": Pack("slices", "#B5403A", "#F6D9D0"),
    "salmon": Pack("fillet", "#F58A5C"),
    "smoked-salmon": Pack("tray", "#26364A", "#FBE3D6", "#C9A64B", Pack("fillet", "#F0754A")),
    "herring": Pack("tub", "#DDEBF5", "#2463AC", "#DDEBF5", Plain("🐟")),
    "prawns": Plain("🦐"),
    "tofu": Pack("butter", "#F3EFE2", "#4E9A3B", emoji=Plain("🌱")),
    "veggie-burger": Pack("small-box", "#4E9A3B", "#E9F3DD", emoji=Plain("🍔")),
    "veggie-sausages": Pack("tray", "#4E9A3B", "#E9F3DD", "#FFFFFF", Pack("sausages", "#C98A4B")),
    "hummus": Pack("tub", "#F3E7C9", "#3E7A35", "#3E7A35", Plain("🧆")),
    "fresh-pasta": Pack("tray", "#F4F6F7", "#3E7A35", "#F2C230", Plain("🥟")),
    "puff-pastry": Pack("roll", "#F0D9A4", "#2463AC", emoji=Plain("🥐")),
    "potato-salad": Pack("tub", "#F7EFC9", "#E9B949", "#F7EFC9", Plain("🥔")),
    "ready-salad": Plain("🥗"),
    "sandwich": Plain("🥪"),
}

_PANTRY: Final[Mapping[str, Plain | Pack]] = {
    "spaghetti": Pack("pasta-pack", "#F0C95A", "#2463AC", emoji=Plain("🍝")),
    "penne": Pack("pillow", "#2463AC", "#F7E3A6", emoji=Plain("🍝")),
    "lasagne-sheets": Pack("flat-box", "#2463AC", "#F7E3A6", emoji=Plain("🍅")),
    "rice": Pack("sack", "#F4F6F7", "#8A6BC0", emoji=Plain("🍚")),
    "lentils": Pack("pouch", "#E07A3A", "#FBE9D6", emoji=Plain("🫘", turn=14, strength=1.3, bright=1.5)),
    "couscous": Pack("box", "#D9A441", "#FBF0D6", emoji=Plain("🥘")),
    "flour": Pack("sack", "#F3EBDD", "#D9A441", emoji=Plain("🌾")),
    "flour-wholemeal": Pack("sack", "#D8BE94", "#8A5527", emoji=Plain("🌾")),
    "sugar": Pack("sack", "#F4F6F7", "#E2506B", emoji=Plain("🍬")),
    "baking-powder": Pack("sachet", "#E2506B", "#FFFFFF", emoji=Plain("🧁")),
    "yeast": Pack("sachet", "#E9B949", "#FFFFFF", emoji=Plain("🍞")),
    "salt": Plain("🧂"),
    "pepper-mill": Pack("shaker", "#2E2A28", "#F4F6F7", "#2B3A44", Plain("🌶", strength=0.0, bright=0.45)),
    "spice-paprika": Pack("shaker", "#C23B22", "#FBE3D6", "#C23B22", _RED_PEPPER),
    "spice-herbs": Pack("shaker", "#6E8F4E", "#F1F6E6", "#2F7434", _LEAF),
    "stock-cubes": Pack("small-box", "#F2B632", "#3E8E5A", emoji=Plain("🥕")),
    "olive-oil": Pack("oil-bottle", "#7C8B2F", "#F3EFDC", "#26364A", Plain("🫒")),
    "sunflower-oil": Pack("oil-bottle", "#F2CC4E", "#FFFFFF", "#E4572E", Plain("🌻")),
    "rapeseed-oil": Pack("oil-bottle", "#E9C53A", "#3E8E5A", "#3E8E5A", Plain("🌼")),
    "vinegar": Pack("glass-bottle", "#3A2320", "#F3E4D8", "#7A1F2B", Plain("🍇")),
    "tinned-tomatoes": Pack("tin", "#C8372D", "#FBE9DC", emoji=Plain("🍅")),
    "tomato-paste": Pack("tube", "#C8372D", "#F7E3D0", "#F4F6F7", Plain("🍅")),
    "pasta-sauce": Pack("jar", "#C23B22", "#FBF0D6", "#C23B22", Plain("🍝")),
    "pesto": Pack("jar", "#6E8F3A", "#FBF6E2", "#C9A64B", _LEAF),
    "tinned-beans": Pack("tin", "#7A2B2B", "#F6E2D2", emoji=Plain("🫘")),
    "chickpeas": Pack("tin", "#C99A4B", "#FBF3DE", emoji=Plain("🫘", turn=24, strength=0.8, bright=1.7)),
    "tinned-corn": Pack("tin", "#3E8E5A", "#FBF3C9", emoji=Plain("🌽")),
    "tinned-peas": Pack("tin", "#2F7434", "#E5F3D6", emoji=Plain("🫛")),
    "tuna": Pack("flat-tin", "#2463AC", emoji=Plain("🐟")),
    "sardines": Pack("flat-tin", "#D9482B", emoji=Plain("🐟")),
    "coconut-milk": Pack("tin", "#2BA6A0", "#F4F6F7", emoji=Plain("🥥")),
    "soup-packet": Pack("sachet", "#F2B632", "#FFFFFF", emoji=Plain("🍲")),
    "instant-noodles": Pack("bucket", "#D9482B", "#FBE9C9", "#F4F6F7", Plain("🍜")),
    "gherkins": Pack("jar", "#8DA43F", "#F4F7E2", "#3E7A35", Plain("🥒")),
    "olives": Pack("jar", "#7C8B2F", "#F3EFDC", "#26364A", Plain("🫒")),
    "ketchup": Pack("squeeze", "#C8281E", "#FBE9DC", "#F4F6F7", Plain("🍅")),
    "mayonnaise": Pack("squeeze", "#F6EFCF", "#2463AC", "#2463AC", Plain("🥚")),
    "mustard": Pack("jar", "#D9A32B", "#FFF7DC", "#C8372D", Plain("🌭")),
    "soy-sauce": Pack("glass-bottle", "#2E1A14", "#F4E9DC", "#C8372D", Plain("🍣")),
}

_BREAKFAST: Final[Mapping[str, Plain | Pack]] = {
    "cornflakes": Pack("box", "#F2C230", "#FFF7DC", emoji=Plain("🌽")),
    "muesli": Pack("pouch", "#7A9A4B", "#F7F3E2", emoji=Plain("🥣")),
    "crunchy-muesli": Pack("box", "#6B3A1E", "#F0D9B5", emoji=Plain("🍫")),
    "oats": Pack("sack", "#2463AC", "#F3EBDD", emoji=Plain("🌾")),
    "cereal-rings": Pack("box", "#E08A2B", "#FFF3D6", emoji=Plain("🐝")),
    "jam-strawberry": Pack("jar", "#C8283C", "#FDF1EE", "#C8283C", Plain("🍓")),
    "jam-apricot": Pack("jar", "#EE9A3A", "#FFF5E6", "#3E8E5A", Plain("🍑", turn=16)),
    "jam-raspberry": Pack("jar", "#A81E48", "#FCEBF0", "#F4F6F7", _RASPBERRY),
    "honey": Plain("🍯"),
    "hazelnut-spread": Pack("jar", "#5B3420", "#F6E7D2", "#F4F6F7", Plain("🌰")),
    "peanut-butter": Pack("jar", "#C98A4B", "#FFF3DE", "#2463AC", Plain("🥜")),
    "cocoa-drink": Pack("tin", "#5B3420", "#F2C230", emoji=Plain("🍫")),
    "maple-syrup": Pack("oil-bottle", "#A8571E", "#FBF3DE", "#C8372D", Plain("🍁")),
}

_SWEETS: Final[Mapping[str, Plain | Pack]] = {
    "chocolate-milk-bar": Pack("tablet", "#8A6BC0", "#F4F6F7", emoji=Plain("🥛")),
    "chocolate-nut": Pack("tablet", "#3E8E5A", "#F6E7D2", emoji=Plain("🌰")),
    "chocolate-dark": Pack("tablet", "#2B2422", "#C9A64B", emoji=Plain("🍫")),
    "chocolates": Pack("flat-box", "#7A1F2B", "#E9C98A", emoji=Plain("💝")),
    "chocolate-bar": Pack("bar", "#7B3F1D", "#F2B632", emoji=Plain("🥜")),
    "gummy-bears": Pack("pillow", "#F2B632", "#FFFFFF", emoji=Plain("🧸")),
    "liquorice": Pack("pillow", "#2B2422", "#F2C230", emoji=Plain("🌀", strength=0.0, bright=0.35)),
    "boiled-sweets": Plain("🍬"),
    "marshmallows": Pack("pillow", "#F3A9C0", "#FFFFFF", emoji=Plain("🍡")),
    "lollipop": Plain("🍭"),
    "chewing-gum": Pack("bar", "#2BA67A", "#E9F8F1", emoji=_LEAF),
    "mints": Pack("small-box", "#5AA2D6", "#F4F6F7", emoji=_LEAF),
    "butter-biscuits": Pack("flat-box", "#F2C230", "#2463AC", emoji=Plain("🧈")),
    "cookies": Plain("🍪"),
    "sandwich-biscuits": Pack("bar", "#2463AC", "#F0D9B5", emoji=Plain("🍪")),
}

_SNACKS: Final[Mapping[str, Plain | Pack]] = {
    "crisps": Pack("pillow", "#F2C230", "#FFF7DC", emoji=Plain("🥔")),
    "crisps-paprika": Pack("pillow", "#D9482B", "#FBE9DC", emoji=_RED_PEPPER),
    "tortilla-chips": Pack("pillow", "#2F7434", "#FBF0C9", emoji=Plain("🌮")),
    "pretzel-sticks": Pack("pillow", "#C8372D", "#FFFFFF", emoji=Plain("🥨")),
    "peanut-puffs": Pack("pillow", "#E08A2B", "#FFF3D6", emoji=Plain("🥜")),
    "popcorn": Plain("🍿"),
    "crackers": Pack("small-box", "#C99A4B", "#FBF3DE", emoji=Plain("🍘")),
    "rice-cakes": Pack("roll", "#F3EBDD", "#5C9A4B", emoji=Plain("🌾")),
    "peanuts": Plain("🥜"),
    "cashews": Pack("pouch", "#2BA6A0", "#FBF3DE", emoji=Pack("cashew")),
    "almonds": Pack("pouch", "#B5783F", "#FBF3DE", emoji=_ALMOND),
    "walnuts": Pack("pouch", "#6B4A2A", "#F6E7D2", emoji=Pack("walnut")),
    "trail-mix": Pack("pouch", "#8A6BC0", "#FBF3DE", emoji=Plain("🥜")),
    "raisins": Pack("pouch", "#5A2D5C", "#F6EAF6", emoji=Plain("🍇")),
    "dates": Pack("tray", "#3E8E5A", "#F6E7D2", emoji=Pack("dates")),
    "muesli-bar": Pack("bar", "#5C9A4B", "#FBF3DE", emoji=Plain("🌾")),
}

_DRINKS: Final[Mapping[str, Plain | Pack]] = {
    "water": Pack("water-bottle", "#A9D6F2", "#2463AC", "#2463AC", Plain("🫧")),
    "water-still": Pack("water-bottle", "#C4E4F5", "#7FC4EA", "#5AA2D6", Plain("💧")),
    "water-six": Pack("six-pack", "#BFE2F6", "#5AA2D6", "#2463AC", Plain("💧")),
    "water-glass": Pack("glass-bottle", "#A7D8C6", "#F4F6F7", "#2F7434", Plain("💧")),
    "soft-drink": Plain("🥤"),
    "orange-soda": Pack("soda-bottle", "#F58A1F", "#FFF3DE", "#F4F6F7", Plain("🍊")),
    "iced-tea": Pack("soda-bottle", "#C9772B", "#FFF3DE", "#E9A23B", Plain("🍑")),
    "cola": Pack("soda-bottle", "#3A1B14", "#C8281E", "#C8281E", Plain("🧊")),
    "cola-zero": Pack("soda-bottle", "#2B1712", "#2B3A44", "#131A17", Plain("🧊")),
    "cola-can": Pack("can", "#C8281E", "#FFFFFF", emoji=Plain("🧊")),
    "energy-drink": Pack("can", "#26364A", "#2BA6A0", emoji=Plain("⚡")),
    "tonic": Pack("glass-bottle", _GLASS, "#F2C230", "#26364A", Plain("🍋")),
    "orange-juice": Pack("brick", "#FFF3DE", "#F58A1F", "#F58A1F", Plain("🍊")),
    "apple-juice": Pack("brick", "#F4F8E0", "#7FAE3A", "#2F7434", Plain("🍎")),
    "multi-juice": Pack("brick", "#FFF3C9", "#D9482B", "#F2B632", Plain("🍍")),
    "tomato-juice": Pack("brick", "#FBE3DC", "#C8281E", "#3E7A35", Plain("🍅")),
    "apple-spritzer": Pack("soda-bottle", "#E3C24E", "#F1F8E0", "#7FAE3A", Plain("🍏")),
    "smoothie": Pack("smoothie-bottle", "#B01E4B", "#FCEBF0", "#F4F6F7", Plain("🍓")),
    "syrup": Pack("glass-bottle", "#E9E3A0", "#F4F8E8", "#C9A64B", Plain("🌼")),
    "beer-free": Pack("beer-bottle", "#8A4B1E", "#2463AC", "#2463AC", Plain("🍺")),
}

_COFFEE_TEA: Final[Mapping[str, Plain | Pack]] = {
    "coffee": Plain("☕"),
    "coffee-beans": Pack(
        "pouch", "#3A2320", "#C9A27A", emoji=Plain("🫘", turn=-6, strength=0.7, bright=0.62)
    ),
    "instant-coffee": Pack("jar", "#5B3420", "#F2C230", "#2B2422", Plain("☕")),
    "coffee-capsules": Pack("flat-box", "#2B2422", "#C9A64B", emoji=Plain("☕")),
    "iced-coffee": Pack("smoothie-bottle", "#B58A63", "#F6E7D2", "#2B2422", Plain("☕")),
    "tea-black": Pack("small-box", "#7A1F2B", "#F6E2D2", emoji=Plain("🫖")),
    "tea-green": Plain("🍵"),
    "tea-mint": Pack("small-box", "#2F8F6A", "#E5F5EC", emoji=_LEAF),
    "tea-fruit": Pack("small-box", "#B01E6B", "#FCEBF4", emoji=Plain("🍒")),
}

_ALCOHOL: Final[Mapping[str, Plain | Pack]] = {
    "beer": Pack("beer-bottle", "#7A3F17", "#F3E4B8", "#C9A64B", Plain("🍺")),
    "wheat-beer": Pack("beer-bottle", "#9A5A1E", "#26548A", "#F4F6F7", Plain("🌾")),
    "beer-can": Pack("can", "#2F7434", "#F3E4B8", emoji=Plain("🍺")),
    "beer-six": Pack("crate", "#B5483A", "#7A3F17", emoji=Plain("🍻")),
    "radler": Pack("beer-bottle", "#C9A23B", "#FFF7C9", "#E9C53A", Plain("🍋")),
    "cider": Pack("glass-bottle", "#C9A23B", "#F7F3DC", "#7A5A1E", Plain("🍎")),
    "wine": Plain("🍷"),
    "wine-white": Pack("wine-bottle", "#C9C46A", "#FBF8E8", "#C9A64B", _WHITE_GRAPES),
    "wine-rose": Pack("wine-bottle", "#EFA6A0", "#FFF5F2", "#E2808A", Plain("🌸")),
    "sparkling-wine": Plain("🍾"),
    "mulled-wine": Pack("wine-bottle", "#5A1626", "#C8372D", "#C9A64B", Plain("🍊")),
    "gin": Pack("spirit-bottle", "#CDE3EA", "#F4F8F4", "#26364A", Plain("🫐")),
    "vodka": Pack("spirit-bottle", "#DCE9F2", "#2463AC", "#C9D1D6", Plain("🧊")),
    "whisky": Pack("spirit-bottle", "#C27A2B", "#F6EAD2", "#2B2422", Plain("🥃")),
    "rum": Pack("spirit-bottle", "#7A3A1A", "#F2D9A4", "#C9A64B", Plain("🌴")),
    "herb-liqueur": Pack("spirit-bottle", "#2F4A2B", "#E9E3B8", "#2F4A2B", _LEAF),
    "egg-liqueur": Pack("glass-bottle", "#F2CF5B", "#FFFBEA", "#C9A64B", Plain("🥚")),
    "cocktail-can": Pack("can", "#5A1626", "#F2C230", emoji=Plain("🍹")),
}

_TOBACCO: Final[Mapping[str, Plain | Pack]] = {
    "cigarettes": Pack("cube", "#C8372D", "#F4F6F7", emoji=Plain("🚬")),
    "cigarettes-blue": Pack("cube", "#2463AC", "#F4F6F7", emoji=Plain("🚬")),
    "tobacco-pouch": Pack("bar", "#8A5527", "#F2D9A4", emoji=Plain("🍂")),
    "cigarillos": Pack("flat-box", "#6B4A2A", "#F2D9A4", emoji=Plain("🚬")),
    "vape": Pack("vape", "#3FA7C9", "#F3A9C0", "#2B3A44"),
}

_FROZEN: Final[Mapping[str, Plain | Pack]] = {
    "frozen-peas": Pack("pillow", "#5AA2D6", "#E5F3D6", emoji=Plain("🫛")),
    "frozen-spinach": Pack("small-box", "#5AA2D6", "#D6EBC9", emoji=Plain("🥬")),
    "frozen-vegetables": Pack("pillow", "#3F86C4", "#F4F6F7", emoji=Plain("🥦")),
    "frozen-berries": Pack("pillow", "#7FB8E6", "#FCEBF4", emoji=Plain("🫐")),
    "frozen-chips": Plain("🍟"),
    "frozen-pizza": Plain("🍕"),
    "fish-fingers": Pack("flat-box", "#2463AC", "#F2C230", emoji=Plain("🐟")),
    "ice-cream-vanilla": Pack("bucket", "#FBF3D6", "#F2D98A", "#F4F6F7", Plain("🍨")),
    "ice-cream-chocolate": Pack(
        "bucket", "#8A5A3B", "#5B3420", "#F4F6F7", Plain("🍨", turn=-6, strength=2.2, bright=0.72)
    ),
    "ice-cream-cone": Plain("🍦"),
    "ice-lolly": Pack("lolly", "#E2506B", "#F58A1F", "#7FC4EA"),
}

_HOUSEHOLD: Final[Mapping[str, Plain | Pack]] = {
    "toilet-paper": Pack("rolls", label="#7FB8E6", emoji=Plain("☁")),
    "kitchen-roll": Pack("roll", "#FFFFFF", "#E4572E", emoji=Plain("🍽")),
    "tissues": Pack("sheaf", "#7FC4EA", "#2463AC", emoji=Plain("🤧")),
    "tissues-pocket": Pack("small-box", "#DDEBF5", "#7FB8E6", emoji=Plain("🤧")),
    "detergent": Pack("jug", "#2463AC", "#F4F6F7", "#F58A1F", Plain("👕")),
    "washing-powder": Pack("box", "#E4572E", "#FFF3C9", emoji=Plain("🧺")),
    "fabric-softener": Pack("cleaner-bottle", "#C9B5EC", "#F4F0FB", "#8A6BC0", Plain("🌸")),
    "washing-up": Pack("cleaner-bottle", "#B9E05A", "#F4F8E0", "#E9C53A", Plain("🍽")),
    "dishwasher-tabs": Pack("pouch", "#2463AC", "#E8F1FA", emoji=Plain("🍽")),
    "cleaner": Pack("cleaner-bottle", "#F2C230", "#FFF7DC", "#E4572E", Plain("🧹")),
    "glass-cleaner": Pack("spray", "#6FC4EE", "#F4F8FB", "#C8372D", Plain("🪟")),
    "toilet-cleaner": Pack("cleaner-bottle", "#2BA6A0", "#F4F6F7", "#26364A", Plain("🚽")),
    "sponge": Plain("🧽"),
    "bin-bags": Pack("roll", "#3A444B", "#F2C230", emoji=Plain("🗑")),
    "foil": Pack("roll", "#B9C4CC", "#2463AC", emoji=Plain("🍽")),
    "battery": Plain("🔋"),
    "light-bulb": Plain("💡"),
    "candle": Plain("🕯"),
    "matches": Pack("small-box", "#C8372D", "#F2C230", emoji=Plain("🔥")),
}

_CARE: Final[Mapping[str, Plain | Pack]] = {
    "shampoo": Pack("shampoo-bottle", "#F3A9C0", "#FFFFFF", "#D7507A", Plain("🌺")),
    "shower-gel": Pack("shampoo-bottle", "#5AC0D6", "#F4FBFC", "#2480A0", Plain("🚿")),
    "hand-soap": Pack("pump", "#CDE9D6", "#FFFFFF", "#F4F6F7", Plain("🫧")),
    "soap": Plain("🧼"),
    "hand-cream": Pack("tube", "#F6E2D2", "#FFFFFF", "#D9A27A", Plain("🌼")),
    "sun-cream": Plain("🧴"),
    "deodorant": Pack("aerosol", "#DDEBF5", "#5AA2D6", "#F4F6F7", Plain("❄")),
    "toothpaste": Pack("tube", "#F4F6F7", "#C8372D", "#2463AC", Plain("🦷")),
    "toothbrush": Plain("🪥"),
    "razor": Plain("🪒"),
    "pads": Pack("pouch", "#D98AB8", "#FCEBF4", emoji=Plain("🌸")),
    "cotton-pads": Pack("pouch", "#BFE0EF", "#F4FBFE", emoji=Plain("☁")),
    "plasters": Plain("🩹"),
    "nappies": Pack("pouch", "#9AD0E6", "#FFFFFF", emoji=Plain("👶")),
    "baby-wipes": Pack("sheaf", "#BFE6D2", "#3E8E6A", emoji=Plain("👶")),
    "baby-food": Pack("jar", "#F08A3A", "#FFF7EC", "#F4F6F7", Plain("👶")),
    "fruit-pouch": Pack("spout-pouch", "#8CC152", "#FFFFFF", "#E4572E", Plain("🍎")),
    "baby-milk": Pack("tin", "#7FB8E6", "#FFF7DC", emoji=Plain("🍼")),
    "baby-bottle": Plain("🍼"),
}

_PETS: Final[Mapping[str, Plain | Pack]] = {
    "dog-food": Pack("tin", "#E08A2B", "#FFF3D6", emoji=Plain("🐶")),
    "dog-dry-food": Pack("sack", "#8A2B2B", "#F6E2D2", emoji=Plain("🐶")),
    "dog-treats": Plain("🦴"),
    "cat-pouch": Pack("sachet", "#8A6BC0", "#F4F0FB", emoji=Plain("🐱")),
    "cat-litter": Pack("sack", "#7FB8E6", "#F4F6F7", emoji=Plain("🐾")),
    "bird-seed": Pack("pouch", "#7A9A4B", "#FBF3DE", emoji=Plain("🐦")),
}

_EXTRAS: Final[Mapping[str, Plain | Pack]] = {
    "paper-bag": Pack("carrier", "#C99A63", "#005C46"),
    "shopping-bag": Plain("🛍"),
    "cool-bag": Pack("carrier", "#5AA2D6", "#F4F6F7", emoji=Plain("❄")),
    "bouquet": Plain("💐"),
    "newspaper": Plain("📰"),
    "magazine": Pack("magazine", "#5C9A4B", "#FBF3DE", "#F2C230", Plain("🌷")),
    "stamps": Plain("✉"),
    "donation": Plain("💚"),
}

PICTURES: Final[Mapping[str, Plain | Pack]] = {
    **_FRUIT, **_VEGETABLES, **_BAKERY, **_DAIRY, **_CHILLED, **_PANTRY, **_BREAKFAST, **_SWEETS, **_SNACKS,
    **_DRINKS, **_COFFEE_TEA, **_ALCOHOL, **_TOBACCO, **_FROZEN, **_HOUSEHOLD, **_CARE, **_PETS, **_EXTRAS,
}  # fmt: skip
"""Picture by its key: lower-case words with hyphens."""
