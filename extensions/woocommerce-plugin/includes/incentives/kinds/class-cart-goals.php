<?php
/**
 * Goals of the whole cart. Twin of app/domains/incentives/kinds/cart-goals.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives\Kinds;

use Trellis\WooCommerce\Incentives\Cells;
use Trellis\WooCommerce\Incentives\Money;

defined( 'ABSPATH' ) || exit;

/**
 * Rewards by the cart's subtotal. A gift is a shape like that of a gift with purchase; order discounts and free
 * shipping are of other classes and are worked out after the sets (`Goals`).
 */
final class Cart_Goals extends Kind {

	const REWARDS = array( 'order-discount', 'free-shipping', 'gift' );

	/**
	 * One shape for each tier with a gift.
	 *
	 * @param array $offer Offer.
	 * @return array[]
	 */
	public function plans( array $offer ) {
		$with_gift = array();
		foreach ( $offer['terms']['tiers'] as $tier ) {
			if ( 'gift' === $tier['reward']['type'] ) {
				$with_gift[] = $tier;
			}
		}
		$gifts = self::each_alone( $offer['items'] );
		$plans = array();
		foreach ( $with_gift as $index => $tier ) {
			$plan             = self::plan( array( self::slot( array( self::gift_of( $tier['reward'] ) ), 1, 1 ) ), self::FREE );
			$plan['times']    = 1;
			$plan['whole']    = true;
			$plan['subtotal'] = array(
				'from'  => $tier['thresholdMinor'],
				'below' => isset( $with_gift[ $index + 1 ] ) ? $with_gift[ $index + 1 ]['thresholdMinor'] : null,
				'gifts' => $gifts,
			);
			$plans[]          = $plan;
		}
		return $plans;
	}

	/**
	 * Its tiers, and its gifts, which do not count towards them.
	 *
	 * @param array $offer Offer.
	 * @return array
	 */
	public function goals( array $offer ) {
		return array(
			'tiers' => $offer['terms']['tiers'],
			'gifts' => self::each_alone( $offer['items'] ),
		);
	}

	/**
	 * The offer with a price test's values in place of its own; as it stands where they do not fit.
	 *
	 * @param array   $offer  Offer.
	 * @param array[] $values Of each tier what it is reached by, and what it takes off where it takes something off.
	 * @return array
	 */
	public function with_values( array $offer, array $values ) {
		$count = 0;
		foreach ( $offer['terms']['tiers'] as $tier ) {
			$count += 'order-discount' === $tier['reward']['type'] ? 2 : 1;
		}
		if ( ! self::fits( $values, $count, 2 ) ) {
			return $offer;
		}
		$tiers  = array();
		$before = 0;
		foreach ( $offer['terms']['tiers'] as $tier ) {
			$threshold = array_shift( $values );
			if ( 'amount' !== $threshold['type'] || $threshold['minor'] <= $before ) {
				return $offer;
			}
			$before                 = $threshold['minor'];
			$tier['thresholdMinor'] = $before;
			if ( 'order-discount' === $tier['reward']['type'] ) {
				$tier['reward']['value'] = array_shift( $values );
			}
			$tiers[] = $tier;
		}
		$offer['terms']['tiers'] = $tiers;
		return $offer;
	}

	/**
	 * Tiers of threshold and reward.
	 *
	 * @param array $head  Id and title.
	 * @param Cells $cells What follows them.
	 * @return array|null
	 */
	public function read( array $head, Cells $cells ) {
		$tiers = $cells->repeat(
			static function () use ( $cells ) {
				$threshold = $cells->count( 1, Money::MOST );
				return array(
					'thresholdMinor' => $threshold,
					'reward'         => self::read_reward( $cells ),
				);
			}
		);
		if ( ! $cells->done() ) {
			return null;
		}
		$gifts = array();
		foreach ( $tiers as $tier ) {
			if ( 'gift' === $tier['reward']['type'] ) {
				$gift = self::gift_of( $tier['reward'] );
				$gifts[ $gift['productId'] . '/' . $gift['variantId'] ] = $gift;
			}
		}
		return $head + array(
			'kind'  => 'cart-goals',
			'terms' => array( 'tiers' => $tiers ),
			'items' => array_values( $gifts ),
		);
	}

	/**
	 * One reward.
	 *
	 * @param Cells $cells At its type.
	 * @return array
	 */
	private static function read_reward( Cells $cells ) {
		$reward = array( 'type' => self::REWARDS[ $cells->count( 0, 2 ) ] );
		if ( 'order-discount' === $reward['type'] ) {
			$reward['value'] = $cells->discount();
		}
		return 'gift' === $reward['type'] ? $reward + $cells->item() : $reward;
	}

	/**
	 * The gift of a reward as an item.
	 *
	 * @param array $reward Reward of type gift.
	 * @return array
	 */
	private static function gift_of( array $reward ) {
		return array(
			'productId' => $reward['productId'],
			'variantId' => $reward['variantId'],
			'quantity'  => 1,
			'role'      => 'gift',
		);
	}

	/**
	 * Each item as a list of its own.
	 *
	 * @param array[] $items Items.
	 * @return array[][]
	 */
	private static function each_alone( array $items ) {
		$lists = array();
		foreach ( $items as $item ) {
			$lists[] = array( $item );
		}
		return $lists;
	}
}
