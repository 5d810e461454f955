<?php
/**
 * A cart as offers are held against it. Twin of `CartView` in app/domains/incentives/match.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Pools, where each product's are, and what all of them cost.
 */
final class Cart_View {

	/**
	 * A list.
	 *
	 * @var Pool[]
	 */
	public $pools;

	/**
	 * Of the cart.
	 *
	 * @var Conversion
	 */
	public $conversion;

	/**
	 * What the units that count cost before any discount, presentment minor units.
	 *
	 * @var int|float
	 */
	public $subtotal = 0;

	/**
	 * Indices of pools by product.
	 *
	 * @var int[][]
	 */
	private $by_product = array();

	/**
	 * Looks at pools.
	 *
	 * @param Pool[]     $pools      A list.
	 * @param Conversion $conversion Of the cart.
	 */
	public function __construct( array $pools, Conversion $conversion ) {
		$this->pools      = $pools;
		$this->conversion = $conversion;
		foreach ( $pools as $index => $pool ) {
			$this->subtotal                         += $pool->price * $pool->count;
			$this->by_product[ $pool->product_id ][] = $index;
		}
	}

	/**
	 * True when the cart holds any of these products.
	 *
	 * @param array[] $items Items.
	 * @return bool
	 */
	public function holds_any( array $items ) {
		foreach ( $items as $item ) {
			if ( isset( $this->by_product[ $item['productId'] ] ) ) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Pools of some items, each once, dearest first.
	 *
	 * @param array[] $items Items.
	 * @return int[] Indices.
	 */
	public function pools_of( array $items ) {
		$found = array();
		foreach ( $items as $item ) {
			if ( ! isset( $this->by_product[ $item['productId'] ] ) ) {
				continue;
			}
			foreach ( $this->by_product[ $item['productId'] ] as $index ) {
				if ( null === $item['variantId'] || $this->pools[ $index ]->variant_id === $item['variantId'] ) {
					$found[ $index ] = $index;
				}
			}
		}
		sort( $found );
		return $found;
	}

	/**
	 * What counts towards a subtotal: all units but `times` of each gift, which are not what earns it.
	 *
	 * @param array[][] $gifts Items of each gift.
	 * @param int       $times How many units of each do not count.
	 * @return int|float
	 */
	public function counted_subtotal( array $gifts, $times ) {
		$sum = $this->subtotal;
		foreach ( $gifts as $items ) {
			$left = $times;
			foreach ( $this->pools_of( $items ) as $index ) {
				$taken = min( $left, $this->pools[ $index ]->count );
				$sum  -= $taken * $this->pools[ $index ]->price;
				$left -= $taken;
			}
		}
		return $sum;
	}
}
