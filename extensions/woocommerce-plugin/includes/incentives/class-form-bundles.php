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
	 * @param array   $cart   Cart.
	 * @param array[] $offers Live offers.
	 * @param array   $rules  Incentive rules.
	 * @return array Bundles, goals, exact and absence (reasons why offers were not formed).
	 */
	public static function form( array $cart, array $offers, array $rules ) {
		$conversion = Conversion::read( $cart['rate'], $cart['shopCurrency'], $cart['currency'] );
		if ( null === $conversion ) {
			return array(
				'bundles' => array(),
				'goals'   => Goals::NONE,
				'exact'   => true,
				'absence' => array( Reason::of( 'rate-unknown', $cart['rate'] ) ),
			);
		}
		$pools   = Pools::pool_units( $cart, $rules, $conversion );
		$view    = new Cart_View( $pools, $conversion );
		$matched = array();
		foreach ( $offers as $offer ) {
			foreach ( Match_Offer::match( $offer, $view ) as $match ) {
				$matched[] = $match;
			}
		}
		$matched = Sort::stable( $matched, array( self::class, 'by_offer_id' ) );
		$refused = array();

		list( $choices, $exact ) = Combine::combine( $matched, $pools );
		for ( $gift = self::dear_gift( $choices, $pools ); null !== $gift; $gift = self::dear_gift( $choices, $pools ) ) {
			$refused[] = $gift;
			$allowed   = array();
			foreach ( $matched as $match ) {
				if ( ! in_array( $match, $refused, true ) ) {
					$allowed[] = $match;
				}
			}
			list( $choices, $exact ) = Combine::combine( $allowed, $pools );
		}
		list( $bundles, $dropped ) = Assign::assign( $choices, $pools );
		return array(
			'bundles' => $bundles,
			'goals'   => Goals::effect( $offers, $view, $bundles, $rules ),
			'exact'   => $exact && ! $dropped,
			'absence' => array_merge( self::absence( $offers, $matched, $refused, $bundles, $view ), $dropped ),
		);
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
	 * The dearest gift for the whole order among the choices, where the order does not earn what all of them cost.
	 *
	 * @param array[] $choices Choices.
	 * @param Pool[]  $pools   All pools.
	 * @return Matched|null
	 */
	private static function dear_gift( array $choices, array $pools ) {
		$room    = 0;
		$dearest = null;
		$most    = -1;
		foreach ( $pools as $pool ) {
			$room += ( $pool->price - $pool->floor ) * $pool->count;
		}
		foreach ( $choices as $choice ) {
			$worth = $choice['candidate']->value * $choice['count'];
			$room -= $worth;
			if ( $choice['candidate']->matched->by_order && $worth > $most ) {
				$dearest = $choice['candidate']->matched;
				$most    = $worth;
			}
		}
		return $room >= 0 ? null : $dearest;
	}

	/**
	 * Why offers were not formed.
	 *
	 * @param array[]   $offers  Live offers.
	 * @param Matched[] $matched What the cart has units for.
	 * @param Matched[] $refused Gifts that the order does not pay for.
	 * @param array[]   $bundles What was formed.
	 * @param Cart_View $view    Cart.
	 * @return array[] Reasons.
	 */
	private static function absence( array $offers, array $matched, array $refused, array $bundles, Cart_View $view ) {
		$formed = array_fill_keys( array_column( $bundles, 'offerId' ), true );
		$left   = array();
		foreach ( $view->pools as $pool ) {
			$left[] = $pool->count;
		}
		$alone = array();
		foreach ( $matched as $match ) {
			$id           = $match->offer['id'];
			$is_refused   = in_array( $match, $refused, true );
			$match->limit = null;
			if ( ! $is_refused && ! isset( $formed[ $id ] ) ) {
				$dearest    = Candidates::dearest( $match, $left, $view->pools );
				$is_refused = null !== $dearest && 'refused' === $dearest->guard();
			}
			$alone[ $id ] = ( ! isset( $alone[ $id ] ) || $alone[ $id ] ) && $is_refused;
		}
		$reasons = array();
		foreach ( $offers as $offer ) {
			$reason = isset( $alone[ $offer['id'] ] ) ? null : Match_Offer::reason_of_no_match( $offer, $view );
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
