<?php
/**
 * A readable configuration. Twin of `DiscountConfig` in app/domains/incentives/decode-config.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Offers, rules, costs and price tests that were published together.
 */
final class Config {

	/**
	 * ISO 4217, what offers and costs are written in.
	 *
	 * @var string
	 */
	public $shop_currency = '';

	/**
	 * Incentive rules.
	 *
	 * @var array
	 */
	public $rules = array();

	/**
	 * Offers by id, in the order of the shards.
	 *
	 * @var array[]
	 */
	private $offers = array();

	/**
	 * Rows of products by id.
	 *
	 * @var array[]
	 */
	private $products = array();

	/**
	 * Which visitor gets which version of a bundle.
	 *
	 * @var array
	 */
	public $price_tests = Arms::NONE;

	/**
	 * Codes of the store of which it is known what they take off: hash => size.
	 *
	 * @var int[]
	 */
	public $known_codes = array();

	/**
	 * Shards that are used.
	 *
	 * @var int
	 */
	public $used = 0;

	/**
	 * Shards that were there but could not be used.
	 *
	 * @var int
	 */
	public $ignored = 0;

	/**
	 * Adds a shard.
	 *
	 * @param array $shard As `Decode_Config` reads it.
	 */
	public function add( array $shard ) {
		++$this->used;
		foreach ( $shard['products'] as $row ) {
			$this->products[ $row[0] ] = $row;
		}
		foreach ( $shard['bundles'] as $bundle ) {
			$this->offers[ $bundle['id'] ] = $bundle;
		}
		$this->known_codes = $shard['knownCodes'] + $this->known_codes;

		$tests = $shard['priceTests'];
		if ( $tests['tests'] ) {
			if ( ! $this->price_tests['tests'] ) {
				$this->price_tests['holdout'] = $tests['holdout'];
			}
			$this->price_tests['tests'] = array_merge( $this->price_tests['tests'], $tests['tests'] );
		}
	}

	/**
	 * All offers.
	 *
	 * @return array[]
	 */
	public function bundles() {
		return array_values( $this->offers );
	}

	/**
	 * What an offer is called; '' for one that is not published.
	 *
	 * @param string $id Offer.
	 * @return string
	 */
	public function title_of( $id ) {
		return isset( $this->offers[ $id ] ) ? $this->offers[ $id ]['title'] : '';
	}

	/**
	 * Unit cost in shop-currency minor units; null = unknown.
	 *
	 * @param string      $product_id Product.
	 * @param string|null $variant_id Variant.
	 * @return int|null
	 */
	public function cost_of( $product_id, $variant_id ) {
		if ( ! isset( $this->products[ $product_id ] ) ) {
			return null;
		}
		$row    = $this->products[ $product_id ];
		$cost   = (int) $row[1];
		$length = count( $row );
		for ( $at = 2; $at < $length; $at += 2 ) {
			if ( $row[ $at ] === $variant_id ) {
				$cost = (int) $row[ $at + 1 ];
			}
		}
		return $cost < 0 ? null : $cost;
	}
}
