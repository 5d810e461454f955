<?php
/**
 * Holds offers against a cart. Twin of app/domains/incentives/match.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Which plans of an offer a cart has units and subtotal for.
 */
final class Match_Offer {

	/**
	 * Every plan of the offer that the cart can fill at least once, as far as the work reaches.
	 *
	 * @param array     $offer Offer.
	 * @param Cart_View $view  Cart.
	 * @param Work      $work  Is counted down.
	 * @return Matched[]
	 */
	public static function match( array $offer, Cart_View $view, Work $work ) {
		$found = array();
		foreach ( Kinds\Registry::kind_of( $offer )->plans( $offer ) as $plan ) {
			if ( $work->left <= 0 ) {
				break;
			}
			$matched = self::match_plan( $offer, $plan, $view, $work );
			if ( null !== $matched ) {
				$found[] = $matched;
			}
		}
		return $found;
	}

	/**
	 * One plan, or null where units or subtotal are missing.
	 *
	 * @param array     $offer Offer.
	 * @param array     $plan  Plan.
	 * @param Cart_View $view  Cart.
	 * @param Work      $work  Is counted down.
	 * @return Matched|null
	 */
	private static function match_plan( array $offer, array $plan, Cart_View $view, Work $work ) {
		$matched     = new Matched();
		$work->left -= Work::PLAN;
		foreach ( $plan['slots'] as $slot ) {
			$pools       = $view->pools_of( $slot['items'] );
			$work->left -= Work::SLOT + Work::PRODUCT * count( $slot['items'] ) + Work::POOL * count( $pools );
			$available   = 0;
			foreach ( $pools as $index ) {
				$available += $view->pools[ $index ]->count;
			}
			if ( $slot['min'] < 1 || $slot['max'] < $slot['min'] || $available < $slot['min'] ) {
				return null;
			}
			$place            = array(
				'min'   => $slot['min'],
				'max'   => min( $slot['max'], $available ),
				'pools' => $pools,
				'paid'  => $slot['paid'],
			);
			$matched->slots[] = $place;
			if ( $place['min'] < $place['max'] ) {
				$matched->open = $place;
			}
			if ( null !== $matched->open || count( $pools ) > 1 ) {
				$matched->single = false;
			}
		}
		foreach ( null === $plan['subtotal'] ? array() : $plan['subtotal']['gifts'] as $items ) {
			$work->left -= Work::SLOT + Work::PRODUCT * count( $items );
		}
		$matched->times = null === $plan['subtotal'] ? $plan['times'] : self::times_earned( $plan['subtotal'], $plan['times'], $view );
		if ( ! $matched->slots || $matched->times < 1 ) {
			return null;
		}
		$matched->offer    = $offer;
		$matched->tiers    = self::to_presentment( $plan['tiers'], $view->conversion );
		$matched->whole    = $plan['whole'];
		$matched->by_order = null !== $plan['subtotal'];
		self::note_sharing( $matched );
		return $matched;
	}

	/**
	 * How many times a subtotal earns its reward; each time needs the threshold once more.
	 *
	 * @param array     $subtotal From, below and gifts.
	 * @param int       $times    At most.
	 * @param Cart_View $view     Cart.
	 * @return int
	 */
	private static function times_earned( array $subtotal, $times, Cart_View $view ) {
		$from  = $view->conversion->nearest( $subtotal['from'] );
		$below = null === $subtotal['below'] ? INF : $view->conversion->nearest( $subtotal['below'] );
		if ( $view->counted_subtotal( $subtotal['gifts'], 1 ) >= $below ) {
			return 0;
		}
		$earned = 0;
		while ( $earned < $times && $view->counted_subtotal( $subtotal['gifts'], $earned + 1 ) >= $from * ( $earned + 1 ) ) {
			++$earned;
		}
		return $earned;
	}

	/**
	 * Tiers in the currency that the shopper pays in.
	 *
	 * @param array[]    $tiers      Shop currency.
	 * @param Conversion $conversion Of the cart.
	 * @return array[]
	 */
	private static function to_presentment( array $tiers, Conversion $conversion ) {
		if ( $conversion->same ) {
			return $tiers;
		}
		foreach ( $tiers as $at => $tier ) {
			if ( isset( $tier['reward']['minor'] ) ) {
				$tiers[ $at ]['reward']['minor'] = $conversion->nearest( $tier['reward']['minor'] );
			}
		}
		return $tiers;
	}

	/**
	 * Notes which pools stand in more than one place, and which of them in one that pays and in one that is reduced.
	 *
	 * @param Matched $matched Is changed.
	 */
	private static function note_sharing( Matched $matched ) {
		foreach ( $matched->slots as $at => $slot ) {
			for ( $before = 0; $before < $at; ++$before ) {
				$other  = $matched->slots[ $before ];
				$common = array_intersect( $slot['pools'], $other['pools'] );
				if ( ! $common ) {
					continue;
				}
				$matched->shared = true;
				if ( $other['paid'] && ! $slot['paid'] ) {
					$matched->lesser += array_fill_keys( $common, true );
				}
			}
		}
	}

	/**
	 * Why an offer does not apply, or null when the cart has nothing to do with it: how much of a subtotal is
	 * missing, a gift that is not in the cart yet, or units.
	 *
	 * @param array     $offer Offer.
	 * @param Cart_View $view  Cart.
	 * @return array|null Reason.
	 */
	public static function reason_of_no_match( array $offer, Cart_View $view ) {
		$plans = Kinds\Registry::kind_of( $offer )->plans( $offer );
		if ( $plans && null !== $plans[0]['subtotal'] ) {
			foreach ( $plans as $plan ) {
				if ( self::missing_for( $plan['subtotal'], $view ) <= 0 ) {
					return Reason::of( 'gift-not-in-cart', $offer['id'] );
				}
			}
			return Reason::of( 'subtotal-missing', $offer['id'], self::missing_for( $plans[0]['subtotal'], $view ) );
		}
		return $view->holds_any( $offer['items'] ) ? Reason::of( 'incomplete', $offer['id'] ) : null;
	}

	/**
	 * What a subtotal lacks, presentment minor units.
	 *
	 * @param array     $subtotal From, below and gifts.
	 * @param Cart_View $view     Cart.
	 * @return int|float
	 */
	private static function missing_for( array $subtotal, Cart_View $view ) {
		return max( 0, $view->conversion->nearest( $subtotal['from'] ) - $view->counted_subtotal( $subtotal['gifts'], 1 ) );
	}
}
