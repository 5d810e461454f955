<?php
/**
 * Quantity breaks. Twin of app/domains/incentives/kinds/quantity-breaks.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;

defined( 'ABSPATH' ) || exit;

/**
 * Every unit costs less from a number of units on: of all products together, or of each on its own.
 */
final class Quantity_Breaks extends Kind {

	/**
	 * One shape for all products, or one for each.
	 *
	 * @param array $offer Offer.
	 * @return array[]
	 */
	public function plans( array $offer ) {
		$tiers  = $offer['terms']['tiers'];
		$groups = array();
		foreach ( $offer['items'] as $item ) {
			$groups[ $item['productId'] ][] = $item;
		}
		$plans = array();
		foreach ( 'mixed' === $offer['terms']['per'] ? array( $offer['items'] ) : $groups as $counted ) {
			$plan          = self::plan( array( self::slot( $counted, $tiers[0]['units'], INF ) ), $tiers );
			$plan['times'] = 1;
			$plans[]       = $plan;
		}
		return $plans;
	}

	/**
	 * The offer with a price test's values in place of its own; as it stands where they do not fit.
	 *
	 * @param array   $offer  Offer.
	 * @param array[] $values Values in the order of its tiers.
	 * @return array
	 */
	public function with_values( array $offer, array $values ) {
		$tiers = $offer['terms']['tiers'];
		if ( self::fits( $values, count( $tiers ), 3 ) ) {
			foreach ( array_keys( $tiers ) as $at ) {
				$offer['terms']['tiers'][ $at ]['reward'] = self::unit_reward( $values[ $at ] );
			}
		}
		return $offer;
	}

	/**
	 * How units are counted, tiers, items.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		$per   = 0 === $cells->count( 0, 1 ) ? 'mixed' : 'product';
		$tiers = $cells->repeat(
			static function () use ( $cells ) {
				return array(
					'units'  => $cells->count( 1, 1000 ),
					'reward' => self::unit_reward( $cells->unit_value() ),
				);
			}
		);
		$offer = $head + array(
			'kind'  => 'quantity-breaks',
			'terms' => array(
				'per'   => $per,
				'tiers' => $tiers,
			),
			'items' => $cells->items( 'part' ),
		);
		return $cells->done() && $tiers ? $offer : null;
	}
}
