<?php
/**
 * Gifts. Twin of app/domains/incentives/kinds/gift.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;
use Trellis\WooCommerce\Incentives\Money;

defined( 'ABSPATH' ) || exit;

/**
 * A free unit of a gift for what is bought, or for the cart's subtotal. The gift has to be in the cart.
 */
final class Gift extends Kind {

	/**
	 * The one shape of it.
	 *
	 * @param array $offer Offer.
	 * @return array[]
	 */
	public function plans( array $offer ) {
		$trigger = $offer['terms']['trigger'];
		$gifts   = self::with_role( $offer['items'], 'gift' );
		$slots   = array();
		if ( 'buy' === $trigger['type'] ) {
			$slots[] = self::slot( self::with_role( $offer['items'], 'buy' ), $trigger['units'], $trigger['units'], true );
		}
		$slots[]       = self::slot( $gifts, 1, 1 );
		$plan          = self::plan( $slots, self::FREE );
		$plan['times'] = $offer['terms']['timesPerOrder'];
		$plan['whole'] = true;
		if ( 'subtotal' === $trigger['type'] ) {
			$plan['subtotal'] = array(
				'from'  => $trigger['minor'],
				'below' => null,
				'gifts' => array( $gifts ),
			);
		}
		return array( $plan );
	}

	/**
	 * Trigger, times, items to buy, gifts.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		if ( 0 === $cells->count( 0, 1 ) ) {
			$trigger = array(
				'type'  => 'buy',
				'units' => $cells->count( 1, 1000 ),
			);
		} else {
			$trigger = array(
				'type'  => 'subtotal',
				'minor' => $cells->count( 1, Money::MOST ),
			);
		}
		$terms = array(
			'trigger'       => $trigger,
			'timesPerOrder' => $cells->count( 1, 1000 ),
		);
		$buy   = $cells->items( 'buy' );
		$offer = $head + array(
			'kind'  => 'gift',
			'terms' => $terms,
			'items' => array_merge( $buy, $cells->items( 'gift' ) ),
		);
		return $cells->done() ? $offer : null;
	}
}
