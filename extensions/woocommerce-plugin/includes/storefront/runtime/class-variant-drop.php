<?php
/**
 * Liquid's `variant`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * What can be put into the cart: a variation, or a product without variations.
 */
final class Variant_Drop extends Drop {

	/**
	 * The variation or product.
	 *
	 * @var \WC_Product
	 */
	private $product;

	/**
	 * A variant.
	 *
	 * @param \WC_Product $product Variation, or product without variations.
	 */
	public function __construct( \WC_Product $product ) {
		$this->product = $product;
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	protected function read( $name ) {
		$product = $this->product;
		switch ( $name ) {
			case 'id':
				return $product->get_id();
			case 'title':
				return $this->title();
			case 'sku':
				return $product->get_sku();
			case 'url':
				return esc_url( $product->get_permalink() );
			case 'price':
				return self::hundredths( wc_get_price_to_display( $product ) );
			case 'trellis_price':
				// As the store enters prices, which is what orders are reckoned by; shown ones may hold another tax.
				return self::hundredths( $product->get_price() );
			case 'compare_at_price':
				return $this->compare_at_price();
			case 'available':
				return $product->is_purchasable() && $product->is_in_stock() && ! $this->leaves_a_choice();
			case 'inventory_management':
				return $this->counts() ? 'shopify' : null;
			case 'inventory_policy':
				return ! $product->is_sold_individually() && $product->backorders_allowed() ? 'continue' : 'deny';
			case 'inventory_quantity':
				return $this->left();
			case 'attributes':
				return $product->is_type( 'variation' ) ? $product->get_attributes() : array();
		}
		return null;
	}

	/**
	 * Liquid's unit of an amount: hundredths of the main unit, in every currency.
	 *
	 * @param float|string $amount Amount in the main unit.
	 * @return int
	 */
	public static function hundredths( $amount ) {
		return (int) round( (float) $amount * 100 );
	}

	/**
	 * The price before a sale, as the shop shows it; null without a sale.
	 *
	 * @return int|null
	 */
	private function compare_at_price() {
		$regular = $this->product->get_regular_price();
		if ( '' === $regular || (float) $regular <= (float) $this->product->get_price() ) {
			return null;
		}
		return self::hundredths( wc_get_price_to_display( $this->product, array( 'price' => $regular ) ) );
	}

	/**
	 * Values of the attributes that make the variation, as shoppers read them.
	 *
	 * @return string
	 */
	private function title() {
		if ( ! $this->product->is_type( 'variation' ) ) {
			return 'Default Title';
		}
		$words = array();
		foreach ( $this->product->get_attributes() as $attribute => $value ) {
			$term    = taxonomy_exists( $attribute ) ? get_term_by( 'slug', $value, $attribute ) : false;
			$words[] = $term ? $term->name : $value;
		}
		$title = Product_Drop::plain( implode( ' / ', array_filter( $words, 'strlen' ) ) );
		return '' === $title ? Product_Drop::plain( $this->product->get_name() ) : $title;
	}

	/**
	 * True for a variation of which an attribute may be anything: it cannot be had without a choice.
	 *
	 * @return bool
	 */
	private function leaves_a_choice() {
		return $this->product->is_type( 'variation' ) && in_array( '', $this->product->get_attributes(), true );
	}

	/**
	 * True where only so many can be had.
	 *
	 * @return bool
	 */
	private function counts() {
		return $this->product->is_sold_individually() || $this->product->managing_stock();
	}

	/**
	 * How many can be had, where that is counted.
	 *
	 * @return int
	 */
	private function left() {
		$left = $this->product->managing_stock() && ! $this->product->backorders_allowed() ? (int) $this->product->get_stock_quantity() : PHP_INT_MAX;
		return $this->product->is_sold_individually() ? min( 1, $left ) : ( PHP_INT_MAX === $left ? (int) $this->product->get_stock_quantity() : $left );
	}
}
