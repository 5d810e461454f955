<?php
/**
 * The best of what may stand together. Twin of `bestAlternative` in app/domains/incentives/price-cart.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Of all sets of bundles, goals and codes that the merchant lets stand together, the one that saves the shopper most.
 * Ties keep our own discounts and then the larger set of codes.
 */
final class Alternatives {

	/**
	 * The best set.
	 *
	 * @param array        $cart   Cart.
	 * @param Beside_Codes $beside Bundles and goals.
	 * @param array[]      $codes  Codes, sorted.
	 * @param array        $rules  Incentive rules.
	 * @return array own (classes of our own discounts that stand), codes, keeps (the reserve), formation, effect.
	 */
	public static function best( array $cart, Beside_Codes $beside, array $codes, array $rules ) {
		$conversion = Conversion::read( $cart['rate'], $cart['shopCurrency'], $cart['currency'] );
		$none       = array_fill( 0, count( $cart['lines'] ), 0 );
		$known      = array();
		foreach ( array( $beside->alone, $beside->reserved ) as $formation ) {
			$known[] = array( $formation, self::own_classes( $formation ), self::minor_by_line( $cart, $formation['bundles'] ) );
		}
		$best = null;
		$most = -INF;
		foreach ( self::subsets( array( 'product', 'order', 'shipping' ) ) as $own ) {
			foreach ( self::subsets( $codes ) as $chosen ) {
				$keeps = $beside->keeps( $chosen );

				list( $formation, $classes, $off ) = $known[ $keeps ? 1 : 0 ];
				if ( array_diff( $own, $classes ) || ! Codes::may_combine( $chosen, $own, $rules ) ) {
					continue;
				}
				$before = array(
					'bundleMinor' => in_array( 'product', $own, true ) ? $off : $none,
					'goalMinor'   => in_array( 'order', $own, true ) ? $formation['goals']['order']['minor'] : 0,
					'freeUpTo'    => in_array( 'shipping', $own, true ) ? $formation['goals']['shipping']['mostMinor'] : -1,
					'reserveBps'  => $keeps ? $beside->reserve_bps : 0,
				);
				$effect = Codes::apply( $cart, $chosen, $before, $rules, $conversion );
				$saving = array_sum( $before['bundleMinor'] ) + array_sum( $effect['byLine'] ) + array_sum( $effect['goalByLine'] ) + $effect['shippingMinor'];
				if ( $saving > $most ) {
					$most = $saving;
					$best = array(
						'own'       => $own,
						'codes'     => $chosen,
						'keeps'     => $keeps,
						'formation' => $formation,
						'effect'    => $effect,
					);
				}
			}
		}
		return $best;
	}

	/**
	 * The classes of our own discounts that the cart earns.
	 *
	 * @param array $formation Bundles and goals.
	 * @return string[]
	 */
	private static function own_classes( array $formation ) {
		$goals = $formation['goals'];
		$own   = array();
		if ( $formation['bundles'] && ! $goals['withoutBundles'] ) {
			$own[] = 'product';
		}
		if ( null !== $goals['order'] && $goals['order']['minor'] > 0 ) {
			$own[] = 'order';
		}
		if ( null !== $goals['shipping'] ) {
			$own[] = 'shipping';
		}
		return $own;
	}

	/**
	 * What bundles take off each line.
	 *
	 * @param array   $cart    Cart.
	 * @param array[] $bundles Formed bundles.
	 * @return array Minor units in the order of the lines.
	 */
	private static function minor_by_line( array $cart, array $bundles ) {
		$by_id = array();
		foreach ( $bundles as $bundle ) {
			foreach ( $bundle['units'] as $unit ) {
				$so_far                   = isset( $by_id[ $unit['lineId'] ] ) ? $by_id[ $unit['lineId'] ] : 0;
				$by_id[ $unit['lineId'] ] = $so_far + $unit['discountMinor'];
			}
		}
		$by_line = array();
		foreach ( $cart['lines'] as $line ) {
			$by_line[] = isset( $by_id[ $line['id'] ] ) ? $by_id[ $line['id'] ] : 0;
		}
		return $by_line;
	}

	/**
	 * Every set of some things, the fullest first.
	 *
	 * @param array $of A list.
	 * @return array[]
	 */
	private static function subsets( array $of ) {
		$sets = array();
		for ( $set = ( 1 << count( $of ) ) - 1; $set >= 0; --$set ) {
			$chosen = array();
			foreach ( $of as $at => $one ) {
				if ( $set & ( 1 << $at ) ) {
					$chosen[] = $one;
				}
			}
			$sets[] = $chosen;
		}
		return $sets;
	}
}
