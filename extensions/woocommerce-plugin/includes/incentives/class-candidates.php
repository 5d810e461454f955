<?php
/**
 * Ways to fill an offer. Twin of app/domains/incentives/candidates.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The dearest way, how many there are, and all of them.
 */
final class Candidates {

	/**
	 * The best of what the dearest units that are left make of an offer, or null when a slot cannot be filled. Where
	 * its size is open, the largest, the steps of the reward and the size that leaves the fewest units over are tried.
	 *
	 * @param Matched $matched Offer.
	 * @param array   $left    Counts that are left.
	 * @param Pool[]  $pools   All pools.
	 * @param Work    $work    Is counted down.
	 * @return Candidate|null
	 */
	public static function dearest( Matched $matched, array $left, array $pools, Work $work ) {
		if ( null !== $matched->limit && $left[ $matched->limit ] < 1 ) {
			return null;
		}
		$open = $matched->open;
		if ( null === $open ) {
			return self::fill_dearest( $matched, $left, $pools, 0, $work );
		}
		$work->left -= count( $open['pools'] );
		$available   = 0;
		foreach ( $open['pools'] as $index ) {
			$available += $left[ $index ];
		}
		$largest = min( $open['max'], $available );
		if ( $largest < $open['min'] ) {
			return null;
		}
		$boxes = intdiv( $available + $open['max'] - 1, $open['max'] );
		$sizes = array( $largest, intdiv( $available, $boxes ), $open['min'] );
		foreach ( $matched->tiers as $tier ) {
			$sizes[] = $tier['units'];
		}
		$best        = null;
		$best_in_all = -1;
		foreach ( array_unique( $sizes ) as $size ) {
			if ( $size < $open['min'] || $size > $largest ) {
				continue;
			}
			$candidate = self::fill_dearest( $matched, $left, $pools, $size, $work );
			$in_all    = null === $candidate ? 0 : $candidate->value * min( $matched->times, intdiv( $available, $size ) );
			if ( $in_all > $best_in_all ) {
				$best        = $candidate;
				$best_in_all = $in_all;
			}
		}
		return $best;
	}

	/**
	 * The offer filled with the dearest units that are left, `size` of them in its slot of many sizes.
	 *
	 * @param Matched $matched Offer.
	 * @param array   $left    Counts that are left.
	 * @param Pool[]  $pools   All pools.
	 * @param int     $size    Units.
	 * @param Work    $work    Is counted down.
	 * @return Candidate|null
	 */
	private static function fill_dearest( Matched $matched, array $left, array $pools, $size, Work $work ) {
		$picked        = array();
		$units         = array();
		$paid          = 0;
		$cheapest_paid = INF;
		$looked        = 0;
		$before        = $left;
		foreach ( $matched->slots as $slot ) {
			$need = $slot['min'] < $slot['max'] ? $size : $slot['min'];
			// Empty pools at the beginning are passed over for good, and count for nothing.
			$passing = true;
			foreach ( $slot['pools'] as $index ) {
				if ( $need <= 0 ) {
					break;
				}
				$passing = $passing && $before[ $index ] <= 0;
				$looked += $passing ? 0 : 1;
				$there   = $left[ $index ];
				if ( $there <= 0 ) {
					continue;
				}
				if ( isset( $matched->lesser[ $index ] ) ) {
					$price = $pools[ $index ]->price;
					if ( $slot['paid'] ) {
						$cheapest_paid = min( $cheapest_paid, $price );
					} elseif ( $price > $cheapest_paid ) {
						continue;
					}
				}
				$take           = min( $there, $need );
				$picked[]       = $index;
				$units[]        = $take;
				$need          -= $take;
				$left[ $index ] = $there - $take;
			}
			if ( $need > 0 ) {
				$work->fill( $looked, count( $picked ), $matched->shared );
				return null;
			}
			if ( $slot['paid'] ) {
				$paid = count( $picked );
			}
		}
		$work->fill( $looked, count( $picked ), $matched->shared );
		return Candidate::make( $matched, $picked, $units, $paid, $pools );
	}

	/**
	 * In how many ways an offer can be filled once; from `limit` on any larger number. Places may count units twice.
	 *
	 * @param Matched $matched Offer.
	 * @param Pool[]  $pools   All pools.
	 * @param int     $limit   As far as it matters.
	 * @param Work    $work    Is counted down.
	 * @return int|float
	 */
	public static function ways_of( Matched $matched, array $pools, $limit, Work $work ) {
		$ways = 1;
		foreach ( $matched->slots as $slot ) {
			if ( count( $slot['pools'] ) > 1 || $slot['min'] < $slot['max'] ) {
				$ways *= self::ways_of_slot( $slot, $pools, $limit, $work );
			}
			if ( $ways > $limit ) {
				return $ways;
			}
		}
		return $ways;
	}

	/**
	 * In how many ways a slot can be filled; from `limit` on any larger number.
	 *
	 * @param array  $slot  Slot.
	 * @param Pool[] $pools All pools.
	 * @param int    $limit As far as it matters.
	 * @param Work   $work  Is counted down.
	 * @return int|float
	 */
	private static function ways_of_slot( array $slot, array $pools, $limit, Work $work ) {
		// Each size can be filled in one way at least, and a cart may hold thousands of units.
		if ( $slot['max'] - $slot['min'] >= $limit ) {
			return $limit + 1;
		}
		$all = 0;
		foreach ( $slot['pools'] as $index ) {
			$all += $pools[ $index ]->count;
		}
		if ( $slot['min'] === $all ) {
			return 1;
		}
		// What is left over can come from any one of the pools.
		if ( count( $slot['pools'] ) > $limit ) {
			return $limit + 1;
		}
		// Ways to take so many units of the pools seen so far.
		$ways = array( 1 );
		$all  = 0;
		foreach ( $slot['pools'] as $index ) {
			$count       = $pools[ $index ]->count;
			$most        = min( $slot['max'], count( $ways ) - 1 + $count );
			$work->left -= Work::WAYS_POOL + Work::WAYS_UNITS * $most;

			$ways = array_pad( $ways, $most + 1, 0 );
			for ( $units = $most; $units > 0; --$units ) {
				$sum = 0;
				for ( $rest = max( 0, $units - $count ); $rest <= $units; ++$rest ) {
					$sum += $ways[ $rest ];
				}
				$ways[ $units ] = $sum;
			}
			$all = array_sum( array_slice( $ways, $slot['min'] ) );
			if ( $all > $limit ) {
				return $all;
			}
		}
		return $all;
	}

	/**
	 * Every way to fill an offer once from all that the pools hold, as far as the work reaches.
	 *
	 * @param Matched $matched Offer.
	 * @param Pool[]  $pools   All pools.
	 * @param Work    $work    Is counted down.
	 * @return Candidate[]
	 */
	public static function all( Matched $matched, array $pools, Work $work ) {
		$counts = array();
		foreach ( $pools as $pool ) {
			$counts[] = $pool->count;
		}
		$found = array();
		self::enter( $matched, $pools, $counts, array(), array(), 0, 0, $found, $work );
		return $found;
	}

	/**
	 * Goes into a slot, or behind the last makes a candidate of what was taken.
	 *
	 * @param Matched     $matched Offer.
	 * @param Pool[]      $pools   All pools.
	 * @param int[]       $there   Units that may be taken; those of pools in several places only once.
	 * @param int[]       $picked  Pools so far.
	 * @param int[]       $taken   Units of each.
	 * @param int         $at      Slot.
	 * @param int         $paid    How many of the pools pay in full.
	 * @param Candidate[] $found   Gets what is found.
	 * @param Work        $work    Is counted down.
	 */
	private static function enter( Matched $matched, array $pools, array $there, array $picked, array $taken, $at, $paid, array &$found, Work $work ) {
		if ( $work->left <= 0 ) {
			return;
		}
		if ( ! isset( $matched->slots[ $at ] ) ) {
			$work->fill( count( $picked ), count( $picked ), $matched->shared );
			$candidate = Candidate::make( $matched, $picked, $taken, $paid, $pools );
			if ( null !== $candidate ) {
				$found[] = $candidate;
			}
			return;
		}
		$rest        = 0;
		$work->left -= Work::LOOK * count( $matched->slots[ $at ]['pools'] );
		foreach ( $matched->slots[ $at ]['pools'] as $index ) {
			$rest += $there[ $index ];
		}
		self::fill( $matched, $pools, $there, $picked, $taken, $at, $paid, $found, $work, 0, 0, $rest );
	}

	/**
	 * Takes units of a slot's pools in turn, as many as may be first.
	 *
	 * @param Matched     $matched Offer.
	 * @param Pool[]      $pools   All pools.
	 * @param int[]       $there   Units that may be taken.
	 * @param int[]       $picked  Pools so far.
	 * @param int[]       $taken   Units of each.
	 * @param int         $at      Slot.
	 * @param int         $paid    How many of the pools pay in full.
	 * @param Candidate[] $found   Gets what is found.
	 * @param Work        $work    Is counted down.
	 * @param int         $from    Pool of the slot.
	 * @param int         $in_slot Units that the slot has.
	 * @param int         $rest    Units that the slot has from this pool on.
	 */
	private static function fill( Matched $matched, array $pools, array $there, array $picked, array $taken, $at, $paid, array &$found, Work $work, $from, $in_slot, $rest ) {
		$slot = $matched->slots[ $at ];
		if ( ! isset( $slot['pools'][ $from ] ) || $in_slot === $slot['max'] ) {
			if ( $in_slot >= $slot['min'] ) {
				self::enter( $matched, $pools, $there, $picked, $taken, $at + 1, $slot['paid'] ? count( $picked ) : $paid, $found, $work );
			}
			return;
		}
		$index = $slot['pools'][ $from ];
		$count = $there[ $index ];
		$least = max( 0, $slot['min'] - $in_slot - ( $rest - $count ) );
		for ( $take = min( $count, $slot['max'] - $in_slot ); $take >= $least; --$take ) {
			$now_picked = $picked;
			$now_taken  = $taken;
			if ( $take > 0 ) {
				$now_picked[] = $index;
				$now_taken[]  = $take;
			}
			$there[ $index ] = $count - $take;
			self::fill( $matched, $pools, $there, $now_picked, $now_taken, $at, $paid, $found, $work, $from + 1, $in_slot + $take, $rest - $count );
		}
	}
}
