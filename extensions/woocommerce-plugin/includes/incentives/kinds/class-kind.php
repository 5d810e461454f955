<?php
/**
 * What a checkout knows of one kind of offer. Twin of app/domains/incentives/kinds/kind.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;

defined( 'ABSPATH' ) || exit;

/**
 * Everything that is not in here is the same for all kinds.
 */
abstract class Kind {

	/** Everything off, whatever the number of units. */
	const FREE = array(
		array(
			'units'  => 0,
			'reward' => array(
				'type'        => 'percentage',
				'basisPoints' => 10000,
			),
		),
	);

	/**
	 * The shapes that an offer takes in a cart. Amounts are shop-currency minor units.
	 *
	 * @param array $offer Offer.
	 * @return array[] Each with slots, tiers, times, whole and subtotal.
	 */
	abstract public function plans( array $offer );

	/**
	 * An offer from its cells.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null Null when a cell is not what the publication wrote.
	 */
	abstract public function read( array $head, Cells $cells );

	/**
	 * The offer with a price test's values in place of its own; as it stands where they do not fit.
	 *
	 * @param array   $offer  Offer.
	 * @param array[] $values Values in the order of its tiers.
	 * @return array
	 */
	public function with_values( array $offer, array $values ) { // phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter -- kinds whose values have a size read them.
		return $offer;
	}

	/**
	 * Whether there are so many values, each of one of the first so many types.
	 *
	 * @param array[] $values Values.
	 * @param int     $count  How many there must be.
	 * @param int     $types  How many of the types a value may be of.
	 * @return bool
	 */
	protected static function fits( array $values, $count, $types ) {
		foreach ( $values as $value ) {
			if ( array_search( $value['type'], Cells::VALUE_TYPES, true ) >= $types ) {
				return false;
			}
		}
		return count( $values ) === $count;
	}

	/**
	 * Rewards on the whole order.
	 *
	 * @param array $offer Offer.
	 * @return array|null Tiers and gifts.
	 */
	public function goals( array $offer ) { // phpcs:ignore Generic.CodeAnalysis.UnusedFunctionParameter -- kinds with goals read it.
		return null;
	}

	/**
	 * A plan without a limit that looks at its own units only.
	 *
	 * @param array[] $slots Places.
	 * @param array[] $tiers From so many reduced units on, this comes off.
	 * @return array
	 */
	protected static function plan( array $slots, array $tiers ) {
		return array(
			'slots'    => $slots,
			'tiers'    => $tiers,
			'times'    => INF,
			'whole'    => false,
			'subtotal' => null,
		);
	}

	/**
	 * A place in an offer.
	 *
	 * @param array[]   $items Items whose units may stand there.
	 * @param int       $min   Fewest units.
	 * @param int|float $max   Most units.
	 * @param bool      $paid  Its units earn the reward and pay in full.
	 * @return array
	 */
	protected static function slot( array $items, $min, $max, $paid = false ) {
		return array(
			'items' => $items,
			'min'   => $min,
			'max'   => $max,
			'paid'  => $paid,
		);
	}

	/**
	 * Items of a role.
	 *
	 * @param array[] $items Items.
	 * @param string  $role  Role.
	 * @return array[]
	 */
	protected static function with_role( array $items, $role ) {
		$found = array();
		foreach ( $items as $item ) {
			if ( $item['role'] === $role ) {
				$found[] = $item;
			}
		}
		return $found;
	}

	/**
	 * A value of each unit as the reward of a plan.
	 *
	 * @param array $value A share, an amount or a price.
	 * @return array
	 */
	protected static function unit_reward( array $value ) {
		if ( 'percentage' !== $value['type'] ) {
			$value['type'] = 'unit-' . $value['type'];
		}
		return $value;
	}
}
