<?php
/**
 * Forms bundles from a cart's units. Twin of app/domains/incentives/form-bundles.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Which bundles a cart forms and what comes off each line. A unit belongs to at most one bundle; gift cards to none.
 * Each set ends at or above the merchant's margin, or is left alone; a gift for the whole order is given only where the
 * whole order stays above it.
 */
final class Form_Bundles {

	/**
	 * Forms bundles.
	 *
	 * @param array     $cart   Cart.
	 * @param array[]   $offers Live offers.
	 * @param array     $rules  Incentive rules.
	 * @param int|float $reserve_bps What discounts of ours leave to a code of the store.
	 * @return array Bundles, goals, exact and absence (reasons why offers were not formed).
	 */
	public static function form( array $cart, array $offers, array $rules, $reserve_bps = 0 ) {
		$conversion = Conversion::read( $cart['rate'], $cart['shopCurrency'], $cart['currency'] );
		if ( null === $conversion ) {
			return array(
				'bundles' => array(),
				'goals'   => Goals::NONE,
				'exact'   => true,
				'absence' => array( Reason::of( 'rate-unknown', $cart['rate'] ) ),
			);
		}
		$pools = Pools::pool_units( $cart, $rules, $conversion, $reserve_bps );
		$view  = new Cart_View( $pools, $conversion );
		$work  = Work::for_cart( $offers );

		list( $matched, $untried, $whole ) = self::match_offers( $offers, $view, $work );
		list( $choices, $exact, $refused ) = self::choose_affordable( $matched, $pools, $work );
		if ( $reserve_bps > 0 ) {
			list( $choices, $gone ) = Reserve::keep( $choices, $pools );
			$refused                = array_merge( $refused, $gone );
		}
		list( $bundles, $dropped ) = Assign::assign( $choices, $pools, Line_Limit::of( $cart, $offers, $rules ) );
		return array(
			'bundles' => $bundles,
			'goals'   => Goals::effect( $offers, $view, $bundles, $rules, $reserve_bps ),
			'exact'   => $exact && $whole && ! $dropped,
			'absence' => array_merge( self::absence( $offers, $matched, $refused, $untried, $bundles, $view ), $dropped ),
		);
	}

	/** How often gifts are refused before the order gets none. */
	const GIFT_ROUNDS = 3;

	/**
	 * Holds offers against a cart, in the order of their ids, with at most half of the work.
	 *
	 * @param array[]   $offers Live offers.
	 * @param Cart_View $view   Cart.
	 * @param Work      $work   Is counted down.
	 * @return array{0: Matched[], 1: bool[], 2: bool} What matches, ids that were not tried as keys, whether work was left.
	 */
	private static function match_offers( array $offers, Cart_View $view, Work $work ) {
		$kept    = $work->put_half_aside();
		$matched = array();
		$untried = array();
		$sorted  = Sort::stable(
			$offers,
			static function ( $a, $b ) {
				return Text::compare( $a['id'], $b['id'] );
			}
		);
		foreach ( $sorted as $offer ) {
			if ( $work->left <= 0 ) {
				$untried[ $offer['id'] ] = true;
				continue;
			}
			foreach ( Match_Offer::match( $offer, $view, $work ) as $match ) {
				$matched[] = $match;
			}
		}
		$whole = $work->left > 0;
		$work->put_back( $kept );
		return array( $matched, $untried, $whole );
	}

	/**
	 * Combines offers, again without the gifts for the whole order that it does not earn.
	 *
	 * @param Matched[] $matched In the order of their ids.
	 * @param Pool[]    $pools   All pools.
	 * @param Work      $work    Is counted down.
	 * @return array{0: array[], 1: bool, 2: Matched[]} Choices, whether they are exact, refused gifts.
	 */
	private static function choose_affordable( array $matched, array $pools, Work $work ) {
		$refused = array();
		for ( $round = 1; true; ++$round ) {
			$allowed = array();
			$gifts   = array();
			foreach ( $matched as $match ) {
				if ( in_array( $match, $refused, true ) ) {
					continue;
				}
				$allowed[] = $match;
				if ( $match->by_order ) {
					$gifts[] = $match;
				}
			}
			// As long as gifts may be refused, half of the work is kept for what comes then.
			$kept = $gifts ? $work->put_half_aside() : 0;

			list( $choices, $exact ) = Combine::combine( $allowed, $pools, $work );
			$work->put_back( $kept );
			$dear = self::dear_gifts( $choices, $pools );
			if ( ! $dear ) {
				return array( $choices, $exact, $refused );
			}
			$refused = array_merge( $refused, $round < self::GIFT_ROUNDS ? $dear : $gifts );
		}
	}

	/**
	 * Order of two matched offers by their ids.
	 *
	 * @param Matched $a One.
	 * @param Matched $b The other.
	 * @return int
	 */
	public static function by_offer_id( Matched $a, Matched $b ) {
		return Text::compare( $a->offer['id'], $b->offer['id'] );
	}

	/**
	 * The dearest gifts for the whole order among the choices, as many as cost more than the order earns.
	 *
	 * @param array[] $choices Choices.
	 * @param Pool[]  $pools   All pools.
	 * @return Matched[]
	 */
	private static function dear_gifts( array $choices, array $pools ) {
		$room  = 0;
		$gifts = array();
		foreach ( $pools as $pool ) {
			$room += ( $pool->price - $pool->floor ) * $pool->count;
		}
		foreach ( $choices as $choice ) {
			$room -= $choice['candidate']->value * $choice['count'];
			if ( $choice['candidate']->matched->by_order ) {
				$gifts[] = $choice;
			}
		}
		$gifts = Sort::stable(
			$gifts,
			static function ( $a, $b ) {
				return $b['candidate']->value * $b['count'] <=> $a['candidate']->value * $a['count'];
			}
		);
		$dear  = array();
		foreach ( $gifts as $gift ) {
			if ( $room >= 0 ) {
				break;
			}
			$room  += $gift['candidate']->value * $gift['count'];
			$dear[] = $gift['candidate']->matched;
		}
		return $dear;
	}

	/**
	 * Why offers were not formed.
	 *
	 * @param array[]   $offers  Live offers.
	 * @param Matched[] $matched What the cart has units for.
	 * @param Matched[] $refused Gifts that the order does not pay for.
	 * @param bool[]    $untried Ids of offers that were not tried, as keys.
	 * @param array[]   $bundles What was formed.
	 * @param Cart_View $view    Cart.
	 * @return array[] Reasons.
	 */
	private static function absence( array $offers, array $matched, array $refused, array $untried, array $bundles, Cart_View $view ) {
		$formed = array_fill_keys( array_column( $bundles, 'offerId' ), true );
		$left   = array();
		foreach ( $view->pools as $pool ) {
			$left[] = $pool->count;
		}
		$alone     = array();
		$unbounded = new Work( INF );
		foreach ( $matched as $match ) {
			$id           = $match->offer['id'];
			$is_refused   = in_array( $match, $refused, true );
			$match->limit = null;
			if ( ! $is_refused && ! isset( $formed[ $id ] ) ) {
				$dearest    = Candidates::dearest( $match, $left, $view->pools, $unbounded );
				$is_refused = null !== $dearest && 'refused' === $dearest->guard();
			}
			$alone[ $id ] = ( ! isset( $alone[ $id ] ) || $alone[ $id ] ) && $is_refused;
		}
		$reasons = array();
		foreach ( $offers as $offer ) {
			$id     = $offer['id'];
			$reason = isset( $untried[ $id ] ) ? Reason::of( 'search-bounded', $id ) : null;
			if ( ! isset( $alone[ $id ] ) && ! isset( $untried[ $id ] ) ) {
				$reason = Match_Offer::reason_of_no_match( $offer, $view );
			}
			if ( null !== $reason ) {
				$reasons[] = $reason;
			}
		}
		foreach ( $alone as $id => $is_refused ) {
			if ( ! isset( $formed[ $id ] ) ) {
				$reasons[] = Reason::of( $is_refused ? 'margin-refused' : 'used-by-better-offer', $id );
			}
		}
		return $reasons;
	}
}
