<?php
/**
 * What a cart earns beside codes of the store. Twin of app/domains/incentives/beside-codes.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * What a cart earns alone, and beside which codes it earns less.
 */
final class Beside_Codes {

	/**
	 * Bundles and goals without a code.
	 *
	 * @var array
	 */
	public $alone;

	/**
	 * With the reserve for codes; the same where there is none.
	 *
	 * @var array
	 */
	public $reserved;

	/**
	 * Basis points.
	 *
	 * @var int|float
	 */
	public $reserve_bps;

	/**
	 * The codes that it is kept for.
	 *
	 * @var array[]
	 */
	public $codes;

	/**
	 * It is kept whatever stands in the end, because nobody knows that while offers are formed.
	 *
	 * @var bool
	 */
	public $always;

	/**
	 * Forms the bundles of a cart alone and with what they leave to the codes of the store.
	 *
	 * @param array   $cart   Cart.
	 * @param array[] $offers Live offers.
	 * @param array[] $codes  Codes.
	 * @param array   $rules  Incentive rules.
	 * @return self
	 */
	public static function form( array $cart, array $offers, array $codes, array $rules ) {
		$entered = array();
		foreach ( $codes as $code ) {
			if ( 'platform' === $code['runBy'] ) {
				$entered[] = $code;
			}
		}
		$run         = new self();
		$run->alone  = Form_Bundles::form( $cart, $offers, $rules );
		$run->always = 'exact' !== $rules['codeReserve'];
		$run->codes  = $run->always ? $entered : Stacking::codes_beside( $entered, $rules );

		$kept = $run->always ? Stacking::reserve_in_cart( array_column( $entered, 'code' ), $cart, $rules ) : Stacking::reserve_of(
			$run->codes,
			self::goods_after( $cart, $run->alone ),
			Conversion::read( $cart['rate'], $cart['shopCurrency'], $cart['currency'] )
		);

		$run->reserve_bps = null === $kept ? Stacking::MOST_RESERVE_BPS : $kept;
		if ( null === $kept ) {
			$run->reserved = Form_Bundles::form( $cart, array(), $rules );
		} else {
			$run->reserved = $kept > 0 ? Form_Bundles::form( $cart, $offers, $rules, $kept ) : $run->alone;
		}
		return $run;
	}

	/**
	 * True where the reserve is kept beside these codes.
	 *
	 * @param array[] $chosen Codes.
	 * @return bool
	 */
	public function keeps( array $chosen ) {
		foreach ( $chosen as $code ) {
			if ( in_array( $code, $this->codes, true ) ) {
				return true;
			}
		}
		return $this->always;
	}

	/**
	 * What the reserve left out, where the formation with it stands.
	 *
	 * @param bool $stands It does.
	 * @return array[] Reasons.
	 */
	public function reasons( $stands ) {
		$minor = self::minor_off( $this->alone ) - self::minor_off( $this->reserved );
		return $stands && $this->codes && $minor > 0 ? array( Reason::of( 'reserve-kept', $this->codes[0]['code'], $minor ) ) : array();
	}

	/**
	 * What the goods that codes may touch cost after our own discounts.
	 *
	 * @param array $cart      Cart.
	 * @param array $formation Bundles and goals.
	 * @return int|float
	 */
	private static function goods_after( array $cart, array $formation ) {
		$minor = -self::minor_off( $formation );
		foreach ( $cart['lines'] as $line ) {
			$minor += $line['giftCard'] ? 0 : max( 0, $line['unitPriceMinor'] * $line['quantity'] );
		}
		return $minor;
	}

	/**
	 * What comes off goods.
	 *
	 * @param array $formation Bundles and goals.
	 * @return int|float
	 */
	private static function minor_off( array $formation ) {
		$goals = $formation['goals'];
		$order = null === $goals['order'] ? 0 : $goals['order']['minor'];
		return $goals['withoutBundles'] ? $order : $order + array_sum( array_column( $formation['bundles'], 'discountMinor' ) );
	}
}
