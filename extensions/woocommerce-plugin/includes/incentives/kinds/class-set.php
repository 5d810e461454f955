<?php
/**
 * Fixed sets and mix-and-match. Twin of app/domains/incentives/kinds/sets.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;

defined( 'ABSPATH' ) || exit;

/**
 * One discount off all units together: each item in its number of units, or any so many units of the items.
 */
final class Set extends Kind {

	/**
	 * 'fixed' or 'mix-and-match'.
	 *
	 * @var string
	 */
	private $name;

	/**
	 * One of the two kinds.
	 *
	 * @param string $name 'fixed' or 'mix-and-match'.
	 */
	public function __construct( $name ) {
		$this->name = $name;
	}

	/**
	 * The one shape of it.
	 *
	 * @param array $offer Offer.
	 * @return array[]
	 */
	public function plans( array $offer ) {
		$slots = array();
		if ( 'fixed' === $this->name ) {
			foreach ( $offer['items'] as $item ) {
				$slots[] = self::slot( array( $item ), $item['quantity'], $item['quantity'] );
			}
		} else {
			$slots[] = self::slot( $offer['items'], $offer['pickCount'], $offer['pickCount'] );
		}
		$tier = array(
			'units'  => 0,
			'reward' => $offer['discount'],
		);
		return array( self::plan( $slots, array( $tier ) ) );
	}

	/**
	 * The offer with a price test's values in place of its own; as it stands where they do not fit.
	 *
	 * @param array   $offer  Offer.
	 * @param array[] $values Values in the order of its tiers.
	 * @return array
	 */
	public function with_values( array $offer, array $values ) {
		if ( self::fits( $values, 1, 2 ) ) {
			$offer['discount'] = $values[0];
		}
		return $offer;
	}

	/**
	 * Units to pick, discount, items with their quantities.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		$offer = $head + array(
			'kind'      => $this->name,
			'pickCount' => $cells->count( 'fixed' === $this->name ? 0 : 1, 1000 ),
			'discount'  => $cells->discount(),
			'items'     => $cells->items_to_the_end(),
		);
		return $cells->done() && $offer['items'] ? $offer : null;
	}
}
