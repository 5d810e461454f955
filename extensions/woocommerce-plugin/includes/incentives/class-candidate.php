<?php
/**
 * One way to fill an offer once. Twin of `Candidate` in app/domains/incentives/candidates.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Which units it takes and what comes off them.
 */
final class Candidate {

	/**
	 * The offer.
	 *
	 * @var Matched
	 */
	public $matched;

	/**
	 * Picked pools; the first `paid` of them pay in full.
	 *
	 * @var int[]
	 */
	public $pools;

	/**
	 * Units of each.
	 *
	 * @var int[]
	 */
	public $units;

	/**
	 * How many of the picked pools pay in full.
	 *
	 * @var int
	 */
	public $paid;

	/**
	 * Places among the counts that are left => how many it takes there.
	 *
	 * @var int[]
	 */
	public $needs;

	/**
	 * Units in all.
	 *
	 * @var int
	 */
	public $size = 0;

	/**
	 * What they cost, presentment minor units.
	 *
	 * @var int|float
	 */
	public $price = 0;

	/**
	 * What the offer promises.
	 *
	 * @var int|float
	 */
	public $wanted;

	/**
	 * What comes off after the margin guard.
	 *
	 * @var int|float
	 */
	public $value;

	/**
	 * What the margin guard did to it.
	 *
	 * @return string 'untouched', 'reduced' or 'refused'.
	 */
	public function guard() {
		if ( $this->value >= min( $this->wanted, $this->price ) ) {
			return 'untouched';
		}
		return $this->value <= 0 ? 'refused' : 'reduced';
	}

	/**
	 * The reward that its number of reduced units reaches, or null.
	 *
	 * @param array[] $tiers Ascending.
	 * @param int[]   $units Units of each picked pool.
	 * @param int     $paid  How many of the pools pay in full.
	 * @return array|null
	 */
	public static function reward_of( array $tiers, array $units, $paid ) {
		$reduced = array_sum( $paid > 0 ? array_slice( $units, $paid ) : $units );
		for ( $at = count( $tiers ) - 1; $at >= 0; --$at ) {
			if ( $tiers[ $at ]['units'] <= $reduced ) {
				return $tiers[ $at ]['reward'];
			}
		}
		return null;
	}

	/**
	 * The part of one unit of this price in a reward.
	 *
	 * @param array     $reward Reward.
	 * @param int|float $price  Presentment minor units.
	 * @return int|float
	 */
	public static function weight_of( array $reward, $price ) {
		if ( 'unit-amount' === $reward['type'] ) {
			return min( $reward['minor'], $price );
		}
		if ( 'unit-price' === $reward['type'] ) {
			return max( 0, $price - $reward['minor'] );
		}
		return $price;
	}

	/**
	 * A way to fill an offer; null when nothing comes off at this number of units, or when a reduced unit is dearer
	 * than one that pays.
	 *
	 * @param Matched $matched Offer.
	 * @param int[]   $picked  Pools.
	 * @param int[]   $units   Units of each.
	 * @param int     $paid    How many of the pools pay in full.
	 * @param Pool[]  $pools   All pools.
	 * @return self|null
	 */
	public static function make( Matched $matched, array $picked, array $units, $paid, array $pools ) {
		$reward = self::reward_of( $matched->tiers, $units, $paid );
		if ( null === $reward || ( $matched->lesser && self::is_upside_down( $matched->lesser, $picked, $paid, $pools ) ) ) {
			return null;
		}
		$made          = new self();
		$made->matched = $matched;
		$made->pools   = $picked;
		$made->units   = $units;
		$made->paid    = $paid;
		$made->needs   = array();
		$floor         = 0;
		$weights       = 0;
		foreach ( $picked as $at => $index ) {
			$pool         = $pools[ $index ];
			$count        = $units[ $at ];
			$made->price += $pool->price * $count;
			$made->size  += $count;
			$floor       += $pool->floor * $count;
			if ( $at >= $paid ) {
				$weights += self::weight_of( $reward, $pool->price ) * $count;
			}
			$made->needs[ $index ] = isset( $made->needs[ $index ] ) ? $made->needs[ $index ] + $count : $count;
		}
		if ( null !== $matched->limit ) {
			$made->needs[ $matched->limit ] = 1;
		}
		$made->wanted = $weights;
		if ( 'percentage' === $reward['type'] ) {
			$made->wanted = Margin::percentage_of( $weights, $reward['basisPoints'] );
		} elseif ( 'amount' === $reward['type'] ) {
			$made->wanted = min( $reward['minor'], $weights );
		}
		$room        = $matched->by_order ? $made->price : $made->price - $floor;
		$made->value = min( $made->wanted, $made->price );
		if ( $room < $made->value ) {
			// A gift that costs something is none.
			$made->value = $matched->whole || $room < 0 ? 0 : $room;
		}
		return $made;
	}

	/**
	 * True where a reduced unit is dearer than one that pays, of the units that may do either.
	 *
	 * @param bool[] $lesser Pools as keys.
	 * @param int[]  $picked Pools.
	 * @param int    $paid   How many of the pools pay in full.
	 * @param Pool[] $pools  All pools.
	 * @return bool
	 */
	private static function is_upside_down( array $lesser, array $picked, $paid, array $pools ) {
		$lowest_paid     = INF;
		$highest_reduced = 0;
		foreach ( $picked as $at => $index ) {
			if ( ! isset( $lesser[ $index ] ) ) {
				continue;
			}
			$price = $pools[ $index ]->price;
			if ( $at < $paid ) {
				$lowest_paid = min( $lowest_paid, $price );
			} else {
				$highest_reduced = max( $highest_reduced, $price );
			}
		}
		return $highest_reduced > $lowest_paid;
	}
}
