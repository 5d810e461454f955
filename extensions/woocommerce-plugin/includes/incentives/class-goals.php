<?php
/**
 * What the whole order earns. Twin of app/domains/incentives/goals.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Rewards of the classes `order` and `shipping`; gifts are among the bundles. Amounts are presentment minor units.
 */
final class Goals {

	/** No goal at all. */
	const NONE = array(
		'order'          => null,
		'shipping'       => null,
		'pushedOut'      => null,
		'withoutBundles' => false,
		'progress'       => array(),
	);

	/**
	 * The best order discount that the subtotal reaches and whether shipping is free. The guard holds for the whole
	 * order after bundles. Where the merchant does not let order discounts stand beside bundles, the larger of the two
	 * stays; free shipping gives way to whatever it may not stand beside, and what comes off it counts as if it came off
	 * the goods.
	 *
	 * @param array[]   $offers  Live offers.
	 * @param Cart_View $view    Cart.
	 * @param array[]   $bundles Formed bundles.
	 * @param array     $rules   Incentive rules.
	 * @param int|float $reserve_bps What is left to codes of the store.
	 * @return array Order, shipping, pushedOut, withoutBundles and progress.
	 */
	public static function effect( array $offers, Cart_View $view, array $bundles, array $rules, $reserve_bps ) {
		$goals  = array();
		$titles = array();
		foreach ( $offers as $offer ) {
			$terms = Kinds\Registry::kind_of( $offer )->goals( $offer );
			if ( null !== $terms ) {
				$goals[] = self::progress_of( $offer, $terms, $view );
				$titles += array( $offer['id'] => $offer['title'] );
			}
		}
		if ( ! $goals ) {
			return self::NONE;
		}
		$bundle_minor = array_sum( array_column( $bundles, 'discountMinor' ) );
		$beside       = $bundle_minor <= 0 || $rules['combinesWith']['product']['order'];
		$before       = self::best_order( $goals, $titles, $view, $beside ? $bundle_minor : 0, $reserve_bps );
		$without      = ! $beside && null !== $before && $before['minor'] > $bundle_minor;
		$order        = $beside || $without ? $before : null;
		$beside_of    = $rules['combinesWith']['shipping'];
		$stands       = ( $beside_of['order'] || null === $order || $order['minor'] <= 0 ) && ( $beside_of['product'] || $bundle_minor <= 0 || $without );
		$ships        = $stands ? self::shipping( $goals, $titles ) : null;
		if ( null !== $ships ) {
			$base = $view->subtotal - ( $without ? 0 : $bundle_minor );
			$room = $base - ( null === $order ? 0 : $order['minor'] ) - Reserve::floor_of_order( $base, self::floor_of_all( $view ), $reserve_bps );

			$ships['mostMinor'] = max( 0, $room );
		}
		return array(
			'order'          => $order,
			'shipping'       => $ships,
			'pushedOut'      => null === $order && null !== $before ? $before['offerId'] : null,
			'withoutBundles' => $without,
			'progress'       => $goals,
		);
	}

	/**
	 * How far the cart is on the way through an offer's goals.
	 *
	 * @param array     $offer Offer.
	 * @param array     $terms Tiers and gifts.
	 * @param Cart_View $view  Cart.
	 * @return array
	 */
	private static function progress_of( array $offer, array $terms, Cart_View $view ) {
		$subtotal = $view->counted_subtotal( $terms['gifts'], 1 );
		$tiers    = array();
		$next     = null;
		foreach ( $terms['tiers'] as $tier ) {
			$threshold = $view->conversion->nearest( $tier['thresholdMinor'] );
			$tiers[]   = array(
				'thresholdMinor' => $threshold,
				'reward'         => $tier['reward'],
				'reached'        => $subtotal >= $threshold,
			);
			if ( null === $next && $subtotal < $threshold ) {
				$next = array(
					'missingMinor' => $threshold - $subtotal,
					'reward'       => $tier['reward'],
				);
			}
		}
		return array(
			'offerId'       => $offer['id'],
			'subtotalMinor' => $subtotal,
			'tiers'         => $tiers,
			'nextGoal'      => $next,
		);
	}

	/**
	 * The highest tier of a type of reward that is reached.
	 *
	 * @param array  $goal Progress.
	 * @param string $type Type of reward.
	 * @return array|null Reward.
	 */
	private static function reached( array $goal, $type ) {
		$found = null;
		foreach ( $goal['tiers'] as $tier ) {
			if ( $tier['reached'] && $tier['reward']['type'] === $type ) {
				$found = $tier['reward'];
			}
		}
		return $found;
	}

	/**
	 * The first goal that makes shipping free.
	 *
	 * @param array[]  $goals  Progress.
	 * @param string[] $titles By offer.
	 * @return array|null Offer and title.
	 */
	private static function shipping( array $goals, array $titles ) {
		foreach ( $goals as $goal ) {
			if ( null !== self::reached( $goal, 'free-shipping' ) ) {
				return array(
					'offerId' => $goal['offerId'],
					'title'   => $titles[ $goal['offerId'] ],
				);
			}
		}
		return null;
	}

	/**
	 * What all units that count must cost at least.
	 *
	 * @param Cart_View $view Cart.
	 * @return int|float
	 */
	private static function floor_of_all( Cart_View $view ) {
		$floor = 0;
		foreach ( $view->pools as $pool ) {
			$floor += $pool->floor * $pool->count;
		}
		return $floor;
	}

	/**
	 * The order discount that takes most off.
	 *
	 * @param array[]   $goals        Progress.
	 * @param string[]  $titles       By offer.
	 * @param Cart_View $view         Cart.
	 * @param int|float $bundle_minor What bundles take off before.
	 * @param int|float $reserve_bps  What is left to codes of the store.
	 * @return array|null
	 */
	private static function best_order( array $goals, array $titles, Cart_View $view, $bundle_minor, $reserve_bps ) {
		$base  = $view->subtotal - $bundle_minor;
		$floor = Reserve::floor_of_order( $base, self::floor_of_all( $view ), $reserve_bps );
		$best  = null;
		foreach ( $goals as $goal ) {
			$reward = self::reached( $goal, 'order-discount' );
			if ( null === $reward ) {
				continue;
			}
			$value  = $reward['value'];
			$wanted = min(
				$base,
				'percentage' === $value['type'] ? Margin::percentage_of( $base, $value['basisPoints'] ) : $view->conversion->nearest( $value['minor'] )
			);

			list( $minor, $guard ) = Margin::guard_discount( $wanted, $base, $floor );
			if ( null === $best || $minor > $best['minor'] ) {
				$best = array(
					'offerId'     => $goal['offerId'],
					'title'       => $titles[ $goal['offerId'] ],
					'minor'       => $minor,
					'wantedMinor' => $wanted,
					'guard'       => $guard,
				);
			}
		}
		return $best;
	}
}
