<?php
/**
 * Boxes. Twin of app/domains/incentives/kinds/build-a-box.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;

defined( 'ABSPATH' ) || exit;

/**
 * Some to many units in a box; what comes off it depends on how many they are.
 */
final class Build_A_Box extends Kind {

	/**
	 * The one shape of it.
	 *
	 * @param array $offer Offer.
	 * @return array[]
	 */
	public function plans( array $offer ) {
		$terms = $offer['terms'];
		$slot  = self::slot( $offer['items'], $terms['minUnits'], $terms['maxUnits'] );
		return array( self::plan( array( $slot ), $terms['tiers'] ) );
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
		if ( self::fits( $values, count( $tiers ), 2 ) ) {
			foreach ( array_keys( $tiers ) as $at ) {
				$offer['terms']['tiers'][ $at ]['reward'] = $values[ $at ];
			}
		}
		return $offer;
	}

	/**
	 * Fewest and most units, tiers, items.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		$min   = $cells->count( 1, 1000 );
		$max   = $cells->count( $min, 1000 );
		$tiers = $cells->repeat(
			static function () use ( $cells ) {
				return array(
					'units'  => $cells->count( 1, 1000 ),
					'reward' => $cells->discount(),
				);
			}
		);
		$offer = $head + array(
			'kind'  => 'build-a-box',
			'terms' => array(
				'minUnits' => $min,
				'maxUnits' => $max,
				'tiers'    => $tiers,
			),
			'items' => $cells->items( 'part' ),
		);
		return $cells->done() ? $offer : null;
	}
}
