<?php
/**
 * Chooses bundles. Twin of app/domains/incentives/combine.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The bundles that save the shopper most, each unit in at most one of them. How far the exact search goes is part of
 * the rules' definition, so that all surfaces agree; beyond it the best of the greedy choice and of what the search
 * has seen is taken.
 */
final class Combine {

	/** Ways to fill the bundles of a group up to which it is searched exactly. */
	const CANDIDATES = 40;

	/** Steps of one search. */
	const STEPS = 120;

	/** Steps of all searches of a cart. */
	const STEPS_OF_CART = 240;

	/**
	 * Chooses.
	 *
	 * @param Matched[] $offers In the order of their ids; the work ends with the last of them that it reaches.
	 * @param Pool[]    $pools  All pools.
	 * @param Work      $work   Is counted down.
	 * @return array{0: array[], 1: bool} Choices of candidate and count, and whether every group was searched to its end.
	 */
	public static function combine( array $offers, array $pools, Work $work ) {
		$choices     = array();
		$exact       = true;
		$steps_left  = self::STEPS_OF_CART;
		$greedy_left = array();
		foreach ( $pools as $pool ) {
			$greedy_left[] = $pool->count;
		}
		foreach ( $offers as $at => $matched ) {
			$matched->place = $at;
			$matched->limit = null;
			if ( $matched->times < INF ) {
				$matched->limit = count( $greedy_left );
				$greedy_left[]  = $matched->times;
			}
		}
		$search_left = $greedy_left;
		foreach ( self::groups_of( $offers ) as $group ) {
			$first = self::greedy( $group, $greedy_left, $pools, $work );
			// Without a step left nothing better is found.
			$ways     = $steps_left > 0 && $work->left > 0 ? self::ways_of( $group, $pools, $work ) : INF;
			$complete = $ways <= self::CANDIDATES;
			// With one way only there is nothing to choose.
			if ( ! $complete || ( 1 === $ways && $first ) ) {
				$exact   = $exact && ( $complete || self::takes_all( $group, $first ) );
				$choices = array_merge( $choices, $first );
				continue;
			}
			$candidates = array();
			foreach ( $group as $matched ) {
				foreach ( Candidates::all( $matched, $pools, $work ) as $way ) {
					if ( $way->value > 0 ) {
						$candidates[] = $way;
					}
				}
			}
			$search      = new Search( $candidates, $search_left, $first, min( $steps_left, self::STEPS ), $work );
			$steps_left -= $search->steps;
			$exact       = $exact && $search->exact();
			$choices     = array_merge( $choices, $search->best );
		}
		return array( $choices, $exact && $work->left > 0 );
	}

	/**
	 * Splits offers into groups that share no unit; groups and members keep their order.
	 *
	 * @param Matched[] $offers In the order of their ids.
	 * @return Matched[][]
	 */
	private static function groups_of( array $offers ) {
		// A pool's owner is the last offer that wants it; an offer's leader is an earlier one that it competes with.
		$owner  = array();
		$leader = array();
		foreach ( $offers as $at => $matched ) {
			$leader[ $at ] = $at;
			foreach ( $matched->slots as $slot ) {
				foreach ( $slot['pools'] as $pool ) {
					if ( isset( $owner[ $pool ] ) && $owner[ $pool ] !== $at ) {
						$a = self::leader_of( $leader, $at );
						$b = self::leader_of( $leader, $owner[ $pool ] );

						$leader[ max( $a, $b ) ] = min( $a, $b );
					}
					$owner[ $pool ] = $at;
				}
			}
		}
		$groups = array();
		foreach ( $offers as $at => $matched ) {
			$groups[ self::leader_of( $leader, $at ) ][] = $matched;
		}
		return array_values( $groups );
	}

	/**
	 * The first offer of a group.
	 *
	 * @param int[] $leader Leaders.
	 * @param int   $offer  Any of the group.
	 * @return int
	 */
	private static function leader_of( array $leader, $offer ) {
		while ( $leader[ $offer ] !== $offer ) {
			$offer = $leader[ $offer ];
		}
		return $offer;
	}

	/**
	 * In how many ways the bundles of a group can be filled; above the limit any larger number.
	 *
	 * @param Matched[] $group Offers.
	 * @param Pool[]    $pools All pools.
	 * @param Work      $work  Is counted down.
	 * @return int|float
	 */
	private static function ways_of( array $group, array $pools, Work $work ) {
		$ways = 0;
		foreach ( $group as $matched ) {
			if ( $matched->single ) {
				++$ways;
			} elseif ( $ways <= self::CANDIDATES ) {
				$ways += Candidates::ways_of( $matched, $pools, self::CANDIDATES - $ways, $work );
			}
		}
		return $ways;
	}

	/**
	 * Again and again the offer that saves most on its dearest units, as often as it fits; ties go to the smaller id.
	 * An offer is looked at again only when it is the best and its units are gone, because it saves less then.
	 *
	 * @param Matched[] $group Offers.
	 * @param array     $left  Counts that are left; is changed.
	 * @param Pool[]    $pools All pools.
	 * @param Work      $work  Is counted down.
	 * @return array[] Choices.
	 */
	private static function greedy( array $group, array &$left, array $pools, Work $work ) {
		$choices = array();
		$queue   = array();
		foreach ( $group as $matched ) {
			if ( $work->left <= 0 ) {
				break;
			}
			self::insert( $queue, Candidates::dearest( $matched, $left, $pools, $work ) );
		}
		while ( $queue ) {
			$best  = array_shift( $queue );
			$count = Search::fits( $best, $left );
			if ( $count > 0 ) {
				Search::take( $best, $count, $left );
				$choices[] = array(
					'candidate' => $best,
					'count'     => $count,
				);
			}
			// Without its only units there is no other way to fill it.
			if ( ! $best->matched->single && $work->left > 0 ) {
				self::insert( $queue, Candidates::dearest( $best->matched, $left, $pools, $work ) );
			}
		}
		return $choices;
	}

	/**
	 * Puts a candidate that saves something into a list that is ordered by value; of equal ones the one with the
	 * smaller offer id is first.
	 *
	 * @param Candidate[]    $queue     Is changed.
	 * @param Candidate|null $candidate What is put in.
	 */
	private static function insert( array &$queue, $candidate ) {
		if ( null === $candidate || $candidate->value <= 0 ) {
			return;
		}
		$at = count( $queue );
		for ( ; $at > 0; --$at ) {
			$before = $queue[ $at - 1 ];
			if ( $before->value > $candidate->value ) {
				break;
			}
			// phpcs:ignore Universal.Operators.StrictComparisons -- int or float.
			if ( $before->value == $candidate->value && $before->matched->place < $candidate->matched->place ) {
				break;
			}
		}
		array_splice( $queue, $at, 0, array( $candidate ) );
	}

	/**
	 * True when one offer alone takes every unit it may, once, with its full reward: nothing can save more.
	 *
	 * @param Matched[] $group   Offers.
	 * @param array[]   $choices Of the group.
	 * @return bool
	 */
	private static function takes_all( array $group, array $choices ) {
		$matched = $group[0];
		if ( count( $group ) > 1 || ! $choices || 1 !== count( $matched->slots ) || 1 !== $matched->times ) {
			return false;
		}
		$candidate = $choices[0]['candidate'];
		return $candidate->value >= min( $candidate->wanted, $candidate->price ) && $candidate->size === $matched->slots[0]['max'];
	}
}
