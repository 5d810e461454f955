/** What the made-up home-goods store sells: one entry a product type. */
export interface TypeOfGoods {
  readonly type: string;
  readonly collection: string;
  readonly vendors: readonly string[];
  /** major units, lowest and highest */
  readonly price: readonly [number, number];
  /** share of the price that the goods cost the merchant */
  readonly cost: number;
  readonly tags: readonly string[];
  readonly products: readonly string[];
  /** variants by this option, else one default variant */
  readonly sizes?: readonly string[];
  /** what often goes into the same basket, by type */
  readonly goesWith: readonly string[];
  /** demand in winter as a multiple of that in summer */
  readonly winter: number;
}

export const assortment: readonly TypeOfGoods[] = [
  { type: 'Mugs', collection: 'Kitchen', vendors: ['Kiln & Co', 'Nordlys'], price: [9, 18], cost: 0.35, tags: ['ceramic', 'drinks'], winter: 1.4, goesWith: ['Coffee', 'Tea'],
    products: ['Speckled Stoneware Mug', 'Tall Latte Mug', 'Espresso Cup', 'Camp Enamel Mug', 'Double Wall Glass Cup', 'Reactive Glaze Mug', 'Wide Cappuccino Cup', 'Stacking Mug', 'Matte Black Mug', 'Hand Thrown Mug'] },
  { type: 'Coffee', collection: 'Kitchen', vendors: ['Morning Ritual', 'Brew Lab'], price: [12, 79], cost: 0.45, tags: ['coffee', 'drinks'], winter: 1.2, goesWith: ['Mugs', 'Storage jars'],
    products: ['Pour Over Dripper', 'Paper Filters No. 2', 'Gooseneck Kettle', 'French Press 1 l', 'Hand Grinder', 'Moka Pot', 'Milk Frother', 'Cold Brew Bottle', 'Coffee Scale', 'Glass Server'] },
  { type: 'Tea', collection: 'Kitchen', vendors: ['Morning Ritual', 'Leaf House'], price: [8, 45], cost: 0.4, tags: ['tea', 'drinks'], winter: 1.6, goesWith: ['Mugs', 'Storage jars'],
    products: ['Cast Iron Teapot', 'Tea Strainer', 'Bamboo Matcha Whisk', 'Glass Teapot', 'Tea Tin', 'Tea Towel Linen Stripe', 'Honey Dipper', 'Teapot Warmer', 'Matcha Bowl', 'Infuser Bottle'] },
  { type: 'Cookware', collection: 'Kitchen', vendors: ['Forge & Flame', 'Brass Pan'], price: [24, 149], cost: 0.55, tags: ['cooking', 'metal'], winter: 1.2, goesWith: ['Utensils', 'Textiles'],
    products: ['Cast Iron Skillet', 'Enamel Casserole', 'Saucepan 2 l', 'Carbon Steel Wok', 'Roasting Tin', 'Grill Pan', 'Milk Pan', 'Stock Pot', 'Crepe Pan', 'Steamer Basket'] },
  { type: 'Utensils', collection: 'Kitchen', vendors: ['Olive Grove', 'Forge & Flame'], price: [6, 69], cost: 0.38, tags: ['cooking', 'wood'], winter: 1.0, goesWith: ['Cookware', 'Serveware'],
    products: ['Olive Wood Spoon', 'Chef Knife', 'Cutting Board Acacia', 'Paring Knife', 'Rolling Pin', 'Silicone Spatula', 'Measuring Cups', 'Microplane Grater', 'Pepper Mill', 'Knife Sharpener'] },
  { type: 'Serveware', collection: 'Dining', vendors: ['Kiln & Co', 'Olive Grove'], price: [12, 64], cost: 0.4, tags: ['ceramic', 'table'], winter: 1.3, goesWith: ['Glassware', 'Table linen'],
    products: ['Pasta Bowl', 'Dinner Plate', 'Side Plate', 'Cheese Board', 'Salad Bowl', 'Serving Platter', 'Butter Dish', 'Gravy Jug', 'Cake Stand', 'Olive Dish'] },
  { type: 'Glassware', collection: 'Dining', vendors: ['Clearwater', 'Nordlys'], price: [7, 42], cost: 0.4, tags: ['glass', 'table'], winter: 1.2, goesWith: ['Serveware', 'Table linen'],
    products: ['Ribbed Tumbler', 'Wine Glass', 'Champagne Coupe', 'Carafe', 'Water Jug', 'Shot Glass', 'Highball Glass', 'Whisky Tumbler', 'Decanter', 'Recycled Glass Beaker'] },
  { type: 'Table linen', collection: 'Dining', vendors: ['Loom & Linen'], price: [8, 59], cost: 0.42, tags: ['linen', 'table'], winter: 1.4, goesWith: ['Serveware', 'Candles'],
    products: ['Linen Napkin', 'Table Runner', 'Tablecloth Natural', 'Placemat Jute', 'Napkin Ring Brass', 'Bread Basket', 'Coaster Cork', 'Oven Glove', 'Apron Denim', 'Bread Bag'] },
  { type: 'Candles', collection: 'Living', vendors: ['Ember & Oak', 'Beeworks'], price: [9, 36], cost: 0.3, tags: ['scent', 'cosy'], winter: 2.6, goesWith: ['Candle holders', 'Throws'],
    products: ['Soy Candle Cedar', 'Soy Candle Fig', 'Beeswax Pillar', 'Taper Candle', 'Tealights Pack', 'Reed Diffuser', 'Soy Candle Orange Clove', 'Outdoor Citronella Candle', 'Room Spray Linen', 'Incense Sticks'] },
  { type: 'Candle holders', collection: 'Living', vendors: ['Ember & Oak', 'Brass Pan'], price: [8, 48], cost: 0.36, tags: ['brass', 'cosy'], winter: 2.2, goesWith: ['Candles'],
    products: ['Brass Candlestick', 'Tealight Holder', 'Hurricane Lantern', 'Marble Candle Plate', 'Wick Trimmer', 'Candle Snuffer', 'Wall Sconce', 'Glass Taper Holder', 'Match Striker', 'Concrete Holder'] },
  { type: 'Cushions', collection: 'Living', vendors: ['Loom & Linen', 'Woolmark Mill'], price: [14, 58], cost: 0.42, tags: ['textile', 'cosy'], winter: 1.4, goesWith: ['Cushion inserts', 'Throws'], sizes: ['45 x 45', '60 x 60'],
    products: ['Linen Cushion Cover', 'Velvet Cushion Cover', 'Boucle Cushion Cover', 'Kilim Cushion Cover', 'Striped Cushion Cover', 'Embroidered Cushion Cover', 'Floor Cushion', 'Bolster Cover', 'Check Cushion Cover', 'Fringed Cushion Cover'] },
  { type: 'Cushion inserts', collection: 'Living', vendors: ['Woolmark Mill'], price: [8, 24], cost: 0.5, tags: ['textile', 'basics'], winter: 1.3, goesWith: ['Cushions'],
    products: ['Feather Insert 45', 'Feather Insert 60', 'Wool Insert 45', 'Wool Insert 60', 'Recycled Insert 45', 'Recycled Insert 60', 'Bolster Insert', 'Seat Pad', 'Neck Roll', 'Lumbar Insert'] },
  { type: 'Throws', collection: 'Living', vendors: ['Woolmark Mill', 'Loom & Linen'], price: [35, 140], cost: 0.5, tags: ['textile', 'cosy', 'wool'], winter: 2.8, goesWith: ['Cushions', 'Candles'],
    products: ['Lambswool Throw', 'Waffle Throw', 'Mohair Throw', 'Cotton Throw', 'Herringbone Blanket', 'Recycled Wool Blanket', 'Chunky Knit Throw', 'Picnic Blanket', 'Baby Blanket', 'Alpaca Throw'] },
  { type: 'Bedding', collection: 'Bedroom', vendors: ['Loom & Linen', 'Still'], price: [18, 189], cost: 0.48, tags: ['textile', 'sleep'], winter: 1.2, goesWith: ['Bedding', 'Throws'], sizes: ['Single', 'Double', 'King'],
    products: ['Linen Duvet Cover', 'Percale Duvet Cover', 'Linen Pillowcase Pair', 'Percale Pillowcase Pair', 'Fitted Sheet', 'Flat Sheet', 'Wool Duvet', 'Mattress Protector', 'Silk Pillowcase', 'Bed Runner'] },
  { type: 'Bath', collection: 'Bathroom', vendors: ['Still', 'Saltwater'], price: [6, 64], cost: 0.4, tags: ['cotton', 'bath'], winter: 1.1, goesWith: ['Bath', 'Candles'],
    products: ['Bath Towel', 'Hand Towel', 'Bath Mat', 'Soap Dish', 'Olive Oil Soap', 'Bath Salts', 'Wooden Nail Brush', 'Shower Curtain Linen', 'Toothbrush Cup', 'Waffle Robe'] },
  { type: 'Garden', collection: 'Outdoor', vendors: ['Green Thumb', 'Potter Lane'], price: [7, 88], cost: 0.45, tags: ['garden', 'plants'], winter: 0.25, goesWith: ['Garden', 'Storage jars'],
    products: ['Terracotta Pot', 'Watering Can', 'Hand Trowel', 'Plant Stand', 'Seed Box Herbs', 'Hanging Planter', 'Garden Twine', 'Secateurs', 'Plant Mister', 'Bird Feeder'] },
  { type: 'Storage jars', collection: 'Kitchen', vendors: ['Clearwater', 'Olive Grove'], price: [6, 38], cost: 0.38, tags: ['glass', 'storage'], winter: 1.0, goesWith: ['Coffee', 'Tea', 'Utensils'],
    products: ['Cork Jar Small', 'Cork Jar Large', 'Spice Jar', 'Bread Bin', 'Jar Labels', 'Biscuit Tin'] },
];

export const firstNames = ['Anna', 'Ben', 'Clara', 'David', 'Emma', 'Felix', 'Grace', 'Hugo', 'Ines', 'Jonas', 'Kenji', 'Lena', 'Marie', 'Noah', 'Olivia', 'Paul', 'Quinn', 'Rosa', 'Samuel', 'Theo', 'Uma', 'Victor', 'Wendy', 'Yuki', 'Zoe', 'Amir', 'Beatriz', 'Chloe', 'Daan', 'Elif'] as const;
export const lastNames = ['Adams', 'Bauer', 'Costa', 'Dubois', 'Evans', 'Fischer', 'Garcia', 'Hansen', 'Ito', 'Jansen', 'Keller', 'Lopez', 'Martin', 'Nguyen', 'Okafor', 'Petit', 'Quist', 'Rossi', 'Sato', 'Taylor', 'Ueda', 'Vogel', 'Weber', 'Young', 'Zhang', 'Moreau', 'Silva', 'Clarke', 'Berg', 'Novak'] as const;
