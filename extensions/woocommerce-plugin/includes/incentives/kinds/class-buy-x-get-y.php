<?php
/**
 * Deals. Twin of app/domains/incentives/kinds/buy-x-get-y.ts and together-offer.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;

defined( 'ABSPATH' ) || exit;

/**
 * X units pay in full, Y units of the other items cost less. A "together" offer is one of these and one of those.
 */
final class Buy_X_Get_Y extends Kind {

	/**
	 * 'buy-x-get-y' or 'together-offer'.
	 *
	 * @var string
	 */
	private $name;

	/**
	 * One of the two kinds.
	 *
	 * @param string $name 'buy-x-get-y' or 'together-offer'.
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
		$terms         = $offer['terms'];
		$slots         = array(
			self::slot( self::with_role( $offer['items'], 'buy' ), $terms['buyUnits'], $terms['buyUnits'], true ),
			self::slot( self::with_role( $offer['items'], 'get' ), $terms['getUnits'], $terms['getUnits'] ),
		);
		$tier          = array(
			'units'  => 0,
			'reward' => $terms['reward'],
		);
		$plan          = self::plan( $slots, array( $tier ) );
		$plan['times'] = $terms['timesPerOrder'];
		return array( $plan );
	}

	/**
	 * The offer with a price test's values in place of its own; as it stands where they do not fit.
	 *
	 * @param array   $offer  Offer.
	 * @param array[] $values Values in the order of its tiers.
	 * @return array
	 */
	public function with_values( array $offer, array $values ) {
		if ( self::fits( $values, 1, 'buy-x-get-y' === $this->name ? 3 : 1 ) ) {
			$offer['terms']['reward'] = self::unit_reward( $values[0] );
		}
		return $offer;
	}

	/**
	 * Units and value (of a "together" offer its share), times, items to buy, items to get.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		$terms = array(
			'buyUnits' => 1,
			'getUnits' => 1,
		);
		if ( 'buy-x-get-y' === $this->name ) {
			$terms['buyUnits'] = $cells->count( 1, 1000 );
			$terms['getUnits'] = $cells->count( 1, 1000 );
			$terms['reward']   = self::unit_reward( $cells->unit_value() );
		} else {
			$terms['reward'] = array(
				'type'        => 'percentage',
				'basisPoints' => $cells->count( 1, 10000 ),
			);
		}
		$terms['timesPerOrder'] = $cells->count( 1, 1000 );
		$buy                    = $cells->items( 'buy' );
		$offer                  = $head + array(
			'kind'  => $this->name,
			'terms' => $terms,
			'items' => array_merge( $buy, $cells->items( 'get' ) ),
		);
		return $cells->done() ? $offer : null;
	}
}
