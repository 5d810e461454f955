<?php
/**
 * What a cart costs. Twin of `summarise` in app/domains/incentives/price-cart.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * The answer of the rules, in the words of the definition.
 */
final class Summary {

	/**
	 * Lines, bundles, totals, goals and reasons.
	 *
	 * @param array   $cart      Cart.
	 * @param array   $formation Bundles and goals.
	 * @param array   $best      What stands.
	 * @param bool    $exact     No other combination saves more.
	 * @param array[] $reasons   Reasons.
	 * @return array
	 */
	public static function of( array $cart, array $formation, array $best, $exact, array $reasons ) {
		$bundles = in_array( 'product', $best['own'], true ) ? $formation['bundles'] : array();
		$parts   = self::parts_by_line( $bundles );
		$effect  = $best['effect'];
		$lines   = array();
		$sums    = array_fill_keys( array( 'subtotalMinor', 'bundleMinor', 'goalMinor', 'codeMinor', 'totalMinor' ), 0 );
		foreach ( $cart['lines'] as $at => $line ) {
			$units    = isset( $parts[ $line['id'] ] ) ? $parts[ $line['id'] ] : array();
			$subtotal = $line['unitPriceMinor'] * $line['quantity'];
			$bundle   = array_sum( array_column( $units, 'discountMinor' ) );
			$goal     = $effect['goalByLine'][ $at ];
			$code     = $effect['byLine'][ $at ];
			$priced   = array(
				'lineId'          => $line['id'],
				'subtotalMinor'   => $subtotal,
				'bundledQuantity' => array_sum( array_column( $units, 'quantity' ) ),
				'bundleMinor'     => $bundle,
				'goalMinor'       => $goal,
				'codeMinor'       => $code,
				'totalMinor'      => $subtotal - $bundle - $goal - $code,
				'bundleTitles'    => array_values( array_column( Sort::by_text( $units, 'offerId' ), 'title', 'offerId' ) ),
			);
			foreach ( $sums as $key => $sum ) {
				$sums[ $key ] = $sum + $priced[ $key ];
			}
			$lines[] = $priced;
		}
		return array(
			'currency'              => $cart['currency'],
			'lines'                 => $lines,
			'bundles'               => $bundles,
			'subtotalMinor'         => $sums['subtotalMinor'],
			'bundleMinor'           => $sums['bundleMinor'],
			'goalMinor'             => $sums['goalMinor'],
			'codeMinor'             => $sums['codeMinor'],
			'shippingMinor'         => $cart['shippingMinor'],
			'shippingDiscountMinor' => $effect['shippingMinor'],
			'freeUpToMinor'         => in_array( 'shipping', $best['own'], true ) ? $formation['goals']['shipping']['mostMinor'] : null,
			'totalMinor'            => $sums['totalMinor'] + $cart['shippingMinor'] - $effect['shippingMinor'],
			'search'                => $exact ? 'exact' : 'bounded',
			'goals'                 => $formation['goals']['progress'],
			'reasons'               => $reasons,
		);
	}

	/**
	 * The parts of bundles that each line is.
	 *
	 * @param array[] $bundles Formed bundles.
	 * @return array[][]
	 */
	private static function parts_by_line( array $bundles ) {
		$parts = array();
		foreach ( $bundles as $bundle ) {
			foreach ( $bundle['units'] as $unit ) {
				$parts[ $unit['lineId'] ][] = $unit + array(
					'offerId' => $bundle['offerId'],
					'title'   => $bundle['title'],
				);
			}
		}
		return $parts;
	}
}
