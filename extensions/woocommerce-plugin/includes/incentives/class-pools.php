<?php
/**
 * A cart's units. Twin of app/domains/incentives/pools.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Which lines take part, and their units sorted into pools.
 */
final class Pools {

	/**
	 * Why a line can take no part in bundles, or null when it can.
	 *
	 * @param array $line  Line.
	 * @param array $rules Incentive rules.
	 * @return string|null
	 */
	public static function exclusion_of( array $line, array $rules ) {
		if ( $line['giftCard'] ) {
			return 'gift-card-excluded';
		}
		return $line['sellingPlan'] && 'exclude' === $rules['sellingPlans'] ? 'selling-plan-excluded' : null;
	}

	/**
	 * True for a line whose units bundles, goals and gifts may count and reduce.
	 *
	 * @param array $line  Line.
	 * @param array $rules Incentive rules.
	 * @return bool
	 */
	public static function takes_part( array $line, array $rules ) {
		return $line['quantity'] >= 1 && $line['unitPriceMinor'] > 0 && null === self::exclusion_of( $line, $rules );
	}

	/**
	 * What all units that bundles, goals and gifts may count must cost at least.
	 *
	 * @param array      $cart       Cart.
	 * @param array      $rules      Incentive rules.
	 * @param Conversion $conversion Of the cart.
	 * @return int|float Minor units.
	 */
	public static function floor_of_goods( array $cart, array $rules, Conversion $conversion ) {
		$floor = 0;
		foreach ( $cart['lines'] as $line ) {
			if ( self::takes_part( $line, $rules ) ) {
				$cost   = null === $line['unitCostMinor'] ? null : $conversion->up( $line['unitCostMinor'] );
				$floor += Margin::floor_of( $line['unitPriceMinor'], $cost, $rules ) * $line['quantity'];
			}
		}
		return $floor;
	}

	/**
	 * Sorts the cart's units into pools: dearest first, then by floor and ids, so that neither the order of the lines
	 * nor the split of equal units over lines changes anything.
	 *
	 * @param array      $cart       Cart.
	 * @param array      $rules      Incentive rules.
	 * @param Conversion $conversion Of the cart.
	 * @param int|float  $reserve_bps What is left to codes of the store: floors are that much higher.
	 * @return Pool[] A list.
	 */
	public static function pool_units( array $cart, array $rules, Conversion $conversion, $reserve_bps ) {
		$pools = array();
		foreach ( $cart['lines'] as $line ) {
			if ( ! self::takes_part( $line, $rules ) ) {
				continue;
			}
			$key = serialize( array( $line['productId'], $line['variantId'], $line['unitPriceMinor'], $line['unitCostMinor'] ) ); // phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- a key, never read back.
			if ( ! isset( $pools[ $key ] ) ) {
				$cost             = $line['unitCostMinor'];
				$pool             = new Pool();
				$pool->product_id = $line['productId'];
				$pool->variant_id = $line['variantId'];
				$pool->price      = $line['unitPriceMinor'];
				$pool->cost       = $cost;
				$pool->floor      = Margin::floor_of( $pool->price, null === $cost ? null : $conversion->up( $cost ), $rules );
				$pool->floor      = Reserve::raise( $pool->floor, $reserve_bps );
				$pool->place      = count( $pools );
				$pools[ $key ]    = $pool;
			}
			$pools[ $key ]->count  += $line['quantity'];
			$pools[ $key ]->lines[] = $line;
		}
		$sorted = array_values( $pools );
		usort( $sorted, array( self::class, 'compare' ) );
		foreach ( $sorted as $pool ) {
			if ( count( $pool->lines ) > 1 ) {
				$pool->lines = Sort::by_text( $pool->lines, 'id' );
			}
		}
		return $sorted;
	}

	/**
	 * Dearest first, then by floor, ids and place.
	 *
	 * @param Pool $a One.
	 * @param Pool $b The other.
	 * @return int
	 */
	public static function compare( Pool $a, Pool $b ) {
		if ( $a->price !== $b->price ) {
			return $b->price <=> $a->price;
		}
		if ( $a->floor !== $b->floor ) {
			return $a->floor <=> $b->floor;
		}
		$order = Text::compare( $a->product_id, $b->product_id );
		if ( 0 === $order ) {
			$order = Text::compare( (string) $a->variant_id, (string) $b->variant_id );
		}
		return 0 === $order ? $a->place <=> $b->place : $order;
	}
}
