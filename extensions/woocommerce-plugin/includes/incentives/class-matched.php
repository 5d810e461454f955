<?php
/**
 * An offer held against a cart. Twin of `Matched` in app/domains/incentives/match.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * A plan of an offer that the cart has units (and subtotal) for; amounts are presentment minor units.
 */
final class Matched {

	/**
	 * The offer.
	 *
	 * @var array
	 */
	public $offer;

	/**
	 * Places with min, max, pools (indices, dearest first) and paid; those that pay come first.
	 *
	 * @var array[]
	 */
	public $slots = array();

	/**
	 * The slot of many sizes, if there is one.
	 *
	 * @var array|null
	 */
	public $open = null;

	/**
	 * It can be filled in one way only.
	 *
	 * @var bool
	 */
	public $single = true;

	/**
	 * From so many reduced units on, this comes off; ascending.
	 *
	 * @var array[]
	 */
	public $tiers;

	/**
	 * How often in one order; INF = without limit.
	 *
	 * @var int|float
	 */
	public $times;

	/**
	 * Its place among the offers that are combined.
	 *
	 * @var int
	 */
	public $place = 0;

	/**
	 * Place of `times` among the counts that are left, behind those of the pools; null = without limit.
	 *
	 * @var int|null
	 */
	public $limit = null;

	/**
	 * All of the reward or nothing.
	 *
	 * @var bool
	 */
	public $whole;

	/**
	 * Some units may stand in more than one of its places.
	 *
	 * @var bool
	 */
	public $shared = false;

	/**
	 * Pools (as keys) whose units may pay as well as be reduced: what is reduced must not be dearer than what pays.
	 *
	 * @var bool[]
	 */
	public $lesser = array();

	/**
	 * The whole order earned it, so the guard looks at the whole order.
	 *
	 * @var bool
	 */
	public $by_order;
}
