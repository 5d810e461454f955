<?php
/**
 * Liquid's `product`.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront\Runtime;

defined( 'ABSPATH' ) || exit;

/**
 * A product of the store. It is read when something other than its id is asked for; one that is gone, a draft or
 * behind a password has no title, no variants and cannot be had.
 */
final class Product_Drop extends Drop {

	/**
	 * More variations than this are not offered, as on Shopify.
	 */
	const VARIANTS = 100;

	/**
	 * The product's id.
	 *
	 * @var int
	 */
	private $id;

	/**
	 * Slugs that the shopper chose, by attribute, as the product's own page gets them.
	 *
	 * @var string[]
	 */
	private $chosen = array();

	/**
	 * The product, once it was asked for.
	 *
	 * @var \WC_Product|null|false
	 */
	private $product = false;

	/**
	 * A product.
	 *
	 * @param int $id Product.
	 */
	public function __construct( $id ) {
		$this->id = $id;
	}

	/**
	 * The same product with a choice of its attributes.
	 *
	 * @param string[] $chosen Slugs by attribute; those that are empty leave the product's own default.
	 * @return Product_Drop
	 */
	public function with_choice( array $chosen ) {
		$drop         = new self( $this->id );
		$drop->chosen = $chosen;
		return $drop;
	}

	/**
	 * Words without tags and entities, as templates expect them: they escape what they print.
	 *
	 * @param string $text Text as WordPress keeps it.
	 * @return string
	 */
	public static function plain( $text ) {
		return html_entity_decode( wp_strip_all_tags( Filters::well_formed( (string) $text ) ), ENT_QUOTES | ENT_HTML5, 'UTF-8' );
	}

	/**
	 * Works a value out.
	 *
	 * @param string $name Liquid's name.
	 * @return mixed
	 */
	protected function read( $name ) {
		if ( 'id' === $name ) {
			return $this->id;
		}
		if ( 'available' === $name && Shelf::is_sold_out( $this->id ) ) {
			return false;
		}
		$product = $this->product();
		switch ( $name ) {
			case 'variants':
				return $product ? $this->variants( $product ) : array();
			case 'available':
				return null !== $this->first_available();
			case 'metafields':
				return array( '$app' => $product ? Shelf::published( $this->id ) : null );
		}
		return $product ? $this->read_known( $name, $product ) : null;
	}

	/**
	 * Works out a value of a product that is there.
	 *
	 * @param string      $name    Liquid's name.
	 * @param \WC_Product $product The product.
	 * @return mixed
	 */
	private function read_known( $name, \WC_Product $product ) {
		switch ( $name ) {
			case 'collections':
				return array_map(
					static function ( $id ) {
						return array( 'id' => $id );
					},
					$product->get_category_ids()
				);
			case 'title':
				return self::plain( $product->get_name() );
			case 'handle':
				return $product->get_slug();
			case 'url':
				return esc_url( $product->get_permalink() );
			case 'featured_image':
				$picture = (int) $product->get_image_id();
				return $picture > 0 && get_post( $picture ) ? new Image_Drop( $picture ) : null;
			case 'has_only_default_variant':
				return ! $product->is_type( 'variable' );
			case 'first_available_variant':
				return $this->first_available();
			case 'selected_or_first_available_variant':
				return $this->selected( $product );
			case 'price':
			case 'compare_at_price':
				return Values::get( $this->get( 'selected_or_first_available_variant' ), $name );
		}
		return null;
	}

	/**
	 * The product; null for one that shoppers may not see.
	 *
	 * @return \WC_Product|null
	 */
	private function product() {
		if ( false === $this->product ) {
			$this->product = Shelf::product( $this->id );
		}
		return $this->product;
	}

	/**
	 * What can be put into the cart.
	 *
	 * @param \WC_Product $product The product.
	 * @return Variant_Drop[]
	 */
	private function variants( \WC_Product $product ) {
		if ( ! $product->is_type( 'variable' ) ) {
			return array( new Variant_Drop( $product ) );
		}
		$variants = array();
		foreach ( array_slice( Shelf::variations( $this->id ), 0, self::VARIANTS ) as $id ) {
			$variation = wc_get_product( $id );
			if ( $variation && $variation->is_type( 'variation' ) ) {
				$variants[] = new Variant_Drop( $variation );
			}
		}
		return $variants;
	}

	/**
	 * The first variant that can be had.
	 *
	 * @return Variant_Drop|null
	 */
	private function first_available() {
		foreach ( $this->get( 'variants' ) as $variant ) {
			if ( $variant->get( 'available' ) ) {
				return $variant;
			}
		}
		return null;
	}

	/**
	 * The variant of the choice, else the first one that can be had, else the first one.
	 *
	 * @param \WC_Product $product The product.
	 * @return Variant_Drop|null
	 */
	private function selected( \WC_Product $product ) {
		$choice = $product->is_type( 'variable' ) ? array_filter( $this->chosen, 'strlen' ) + $product->get_default_attributes() : array();
		if ( $choice ) {
			foreach ( $this->get( 'variants' ) as $variant ) {
				$values = $variant->get( 'attributes' );
				if ( $variant->get( 'available' ) && array_intersect_assoc( $values, $choice ) === $values ) {
					return $variant;
				}
			}
		}
		$first = $this->first_available();
		return $first ? $first : Values::get( $this->get( 'variants' ), 'first' );
	}
}
