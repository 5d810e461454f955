<?php
/**
 * Units that are alike. Twin of `Pool` in app/domains/incentives/pools.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Units that are alike for every rule: same variant, price and cost, on however many lines.
 */
final class Pool {

	/**
	 * Product.
	 *
	 * @var string
	 */
	public $product_id;

	/**
	 * Variant.
	 *
	 * @var string|null
	 */
	public $variant_id;

	/**
	 * Minor units for one.
	 *
	 * @var int
	 */
	public $price;

	/**
	 * Lowest price that keeps the margin.
	 *
	 * @var int|float
	 */
	public $floor;

	/**
	 * Shop-currency minor units; null = unknown.
	 *
	 * @var int|null
	 */
	public $cost;

	/**
	 * How many.
	 *
	 * @var int
	 */
	public $count = 0;

	/**
	 * Its place before pools were sorted.
	 *
	 * @var int
	 */
	public $place;

	/**
	 * The lines that hold them.
	 *
	 * @var array[]
	 */
	public $lines = array();
}
