<?php
/**
 * Gives chosen bundles their units. Twin of `assign` in app/domains/incentives/form-bundles.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Line by line in the order of line ids, the largest saving first.
 */
final class Assign {

	/**
	 * Gives units.
	 *
	 * @param array[] $choices Choices of candidate and count.
	 * @param Pool[]  $pools   All pools.
	 * @param int     $limit   Lines that they may touch.
	 * @return array{0: array[], 1: array[]} Formed bundles, and reasons of those that were dropped.
	 */
	public static function assign( array $choices, array $pools, $limit ) {
		// How many units of each pool are given away: whole lines, and units of the next one.
		$cursors = array_fill( 0, count( $pools ), array( 0, 0 ) );
		$touched = array();
		$bundles = array();
		$dropped = array();
		$order   = Sort::stable(
			$choices,
			static function ( $a, $b ) {
				$first = $b['candidate']->value <=> $a['candidate']->value;
				return $first ? $first : Form_Bundles::by_offer_id( $a['candidate']->matched, $b['candidate']->matched );
			}
		);
		foreach ( $order as $choice ) {
			list( $units, $next ) = self::take_units( $choice, $pools, $cursors );

			$fresh = array();
			foreach ( $units as $unit ) {
				// phpcs:ignore Universal.Operators.StrictComparisons -- int or float.
				if ( 0 != $unit['weight'] && ! isset( $touched[ $unit['lineId'] ] ) ) {
					$fresh[ $unit['lineId'] ] = true;
				}
			}
			if ( count( $touched ) + count( $fresh ) > $limit ) {
				$dropped[] = Reason::of( 'line-limit', $choice['candidate']->matched->offer['id'] );
				continue;
			}
			$touched  += $fresh;
			$cursors   = $next + $cursors;
			$bundles[] = self::to_formed( $choice['candidate'], $choice['count'], $units, $pools );
		}
		return array( $bundles, $dropped );
	}

	/**
	 * The units of one choice.
	 *
	 * @param array   $choice  Candidate and count.
	 * @param Pool[]  $pools   All pools.
	 * @param array[] $cursors What is given away already.
	 * @return array{0: array[], 1: array[]} Units with lineId, quantity and weight of one; cursors behind them by pool.
	 */
	private static function take_units( array $choice, array $pools, array $cursors ) {
		$candidate = $choice['candidate'];
		$reward    = Candidate::reward_of( $candidate->matched->tiers, $candidate->units, $candidate->paid );
		$taken     = array();
		$next      = array();
		foreach ( $candidate->pools as $at => $index ) {
			$pool   = $pools[ $index ];
			$weight = $at < $candidate->paid ? 0 : Candidate::weight_of( $reward, $pool->price );
			$need   = $candidate->units[ $at ] * $choice['count'];

			list( $line, $used ) = isset( $next[ $index ] ) ? $next[ $index ] : $cursors[ $index ];
			while ( $need > 0 ) {
				$left     = $pool->lines[ $line ]['quantity'] - $used;
				$quantity = min( $need, $left );
				$taken[]  = array(
					'lineId'   => $pool->lines[ $line ]['id'],
					'quantity' => $quantity,
					'weight'   => $weight,
				);
				$need    -= $quantity;
				$used     = $quantity < $left ? $used + $quantity : 0;
				$line    += $quantity < $left ? 0 : 1;
			}
			$next[ $index ] = array( $line, $used );
		}
		return array( $taken, $next );
	}

	/**
	 * Equal bundles as the cart shows them.
	 *
	 * @param Candidate $candidate One of them.
	 * @param int       $count     How many.
	 * @param array[]   $units     Their units.
	 * @param Pool[]    $pools     All pools.
	 * @return array
	 */
	private static function to_formed( Candidate $candidate, $count, array $units, array $pools ) {
		$weights = array();
		foreach ( $units as $unit ) {
			$weights[] = $unit['weight'] * $unit['quantity'];
		}
		$discount = $candidate->value * $count;
		$shares   = Money::split_by_weights( $discount, $weights );
		foreach ( $units as $at => $unit ) {
			$units[ $at ] = array(
				'lineId'        => $unit['lineId'],
				'quantity'      => $unit['quantity'],
				'discountMinor' => $shares[ $at ],
			);
		}
		$assumed = false;
		foreach ( $candidate->pools as $index ) {
			$assumed = $assumed || null === $pools[ $index ]->cost;
		}
		return array(
			'offerId'       => $candidate->matched->offer['id'],
			'title'         => $candidate->matched->offer['title'],
			'count'         => $count,
			'units'         => $units,
			'priceMinor'    => $candidate->price * $count,
			'wantedMinor'   => $candidate->wanted * $count,
			'discountMinor' => $discount,
			'guard'         => $candidate->guard(),
			'assumed'       => $assumed,
		);
	}
}
