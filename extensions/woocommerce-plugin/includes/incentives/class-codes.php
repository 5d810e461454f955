<?php
/**
 * Discount codes beside our own discounts. Twin of app/domains/incentives/codes.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Applies codes after bundles: product codes to lines that are in no bundle, then the order's goal, order codes to what
 * all lines then cost, shipping codes to shipping. Gift cards are never discounted. A code of ours is reduced to what
 * the margin of its lines leaves; a code of the platform cannot be reduced and is only reported.
 */
final class Codes {

	/**
	 * Lines on their way through the stack: line, bundled, floor, raised (the floor where a code of the store has yet to come off), total and goal (taken off by the order's goal).
	 *
	 * @var array[]
	 */
	private $standing = array();

	/**
	 * Of the cart; null where the rate is unknown.
	 *
	 * @var Conversion|null
	 */
	private $conversion;

	/**
	 * Reasons so far.
	 *
	 * @var array[]
	 */
	private $reasons = array();

	/**
	 * Codes for products that compete with bundles. Twin of `competing` in app/domains/incentives/price-cart.ts.
	 *
	 * @param array   $formation Bundles and goals.
	 * @param array[] $codes     Codes.
	 * @param array   $rules     Incentive rules.
	 * @return array[]
	 */
	public static function competing( array $formation, array $codes, array $rules ) {
		$found = array();
		if ( ! $formation['bundles'] || $formation['goals']['withoutBundles'] ) {
			return $found;
		}
		foreach ( $codes as $code ) {
			if ( 'product' === $code['class'] && self::may_combine( array( $code ), array( 'product' ), $rules ) ) {
				$found[] = $code;
			}
		}
		return $found;
	}

	/**
	 * True when codes may stand together, and beside those of our own discounts that apply.
	 *
	 * @param array[]  $codes Codes.
	 * @param string[] $own   Classes of our own discounts.
	 * @param array    $rules Incentive rules.
	 * @return bool
	 */
	public static function may_combine( array $codes, array $own, array $rules ) {
		foreach ( $codes as $at => $code ) {
			foreach ( $own as $class ) {
				if ( ! $rules['combinesWith'][ $class ][ $code['class'] ] || ! $code['combinesWith'][ $class ] ) {
					return false;
				}
			}
			foreach ( array_slice( $codes, $at + 1 ) as $other ) {
				// Of two product codes a line takes one only, so they are alternatives of each other.
				if ( 'product' === $code['class'] && 'product' === $other['class'] ) {
					return false;
				}
				if ( ! $code['combinesWith'][ $other['class'] ] || ! $other['combinesWith'][ $code['class'] ] ) {
					return false;
				}
			}
		}
		return true;
	}

	/**
	 * What a set of codes takes off, given what bundles have taken off already.
	 *
	 * @param array           $cart       Cart.
	 * @param array[]         $codes      Codes.
	 * @param array           $before     bundleMinor by line, goalMinor, freeUpTo (shipping up to it is free by a goal; -1 = none is) and reserveBps (what codes of ours leave to those of the store).
	 * @param array           $rules      Incentive rules.
	 * @param Conversion|null $conversion Of the cart.
	 * @return array byLine, goalByLine, shippingMinor and reasons.
	 */
	public static function apply( array $cart, array $codes, array $before, array $rules, $conversion ) {
		$run = new self();

		$run->conversion = $conversion;
		foreach ( $cart['lines'] as $at => $line ) {
			$cost  = null === $line['unitCostMinor'] || null === $conversion ? null : $conversion->up( $line['unitCostMinor'] );
			$floor = Margin::floor_of( $line['unitPriceMinor'], $cost, $rules );

			$run->standing[] = array(
				'line'    => $line,
				'bundled' => $before['bundleMinor'][ $at ] > 0,
				'floor'   => $floor * $line['quantity'],
				'raised'  => Reserve::raise( $floor, $before['reserveBps'] ) * $line['quantity'],
				'total'   => $line['unitPriceMinor'] * $line['quantity'] - $before['bundleMinor'][ $at ],
				'goal'    => 0,
			);
		}
		return $run->stack( $cart, Sort::by_text( $codes, 'code' ), $before, $rules );
	}

	/**
	 * Takes everything off in its order.
	 *
	 * @param array   $cart   Cart.
	 * @param array[] $codes  Codes, sorted.
	 * @param array   $before What stands in the cart before its codes.
	 * @param array   $rules  Incentive rules.
	 * @return array
	 */
	private function stack( array $cart, array $codes, array $before, array $rules ) {
		$start     = array_column( $this->standing, 'total' );
		$eligible  = array();
		$unbundled = array();
		$counted   = array();
		foreach ( $this->standing as $at => $entry ) {
			// A line that an earlier discount brought to nothing stays in: its floor still binds the others.
			if ( $entry['line']['giftCard'] || $entry['line']['unitPriceMinor'] <= 0 ) {
				continue;
			}
			$eligible[] = $at;
			if ( ! $entry['bundled'] ) {
				$unbundled[] = $at;
			}
			if ( Pools::takes_part( $entry['line'], $rules ) ) {
				$counted[] = $at;
			}
		}
		foreach ( self::of_class( $codes, 'product' ) as $code ) {
			$this->take_off( $code, $unbundled, $this->total_of( $unbundled ) );
		}
		// Order discounts are all measured on the subtotal before the first of them.
		$base = $this->total_of( $eligible );
		$this->take_goal( $before['goalMinor'], $counted );
		foreach ( self::of_class( $codes, 'order' ) as $code ) {
			$this->take_off( $code, $eligible, $base );
		}
		$shipping = $cart['shippingMinor'] <= $before['freeUpTo'] ? 0 : $cart['shippingMinor'];
		foreach ( self::of_class( $codes, 'shipping' ) as $code ) {
			$minor           = min( $shipping, $this->wanted_of( $code, $shipping ) );
			$shipping       -= $minor;
			$this->reasons[] = Reason::of( 'code-applied', $code['code'], $minor );
		}
		$by_line = array();
		foreach ( $this->standing as $at => $entry ) {
			$by_line[] = $start[ $at ] - $entry['total'] - $entry['goal'];
		}
		return array(
			'byLine'        => $by_line,
			'goalByLine'    => array_column( $this->standing, 'goal' ),
			'shippingMinor' => $cart['shippingMinor'] - $shipping,
			'reasons'       => $this->reasons,
		);
	}

	/**
	 * Codes of a class.
	 *
	 * @param array[] $codes    Codes.
	 * @param string  $of_class Class.
	 * @return array[]
	 */
	private static function of_class( array $codes, $of_class ) {
		$found = array();
		foreach ( $codes as $code ) {
			if ( $code['class'] === $of_class ) {
				$found[] = $code;
			}
		}
		return $found;
	}

	/**
	 * What a code would take off.
	 *
	 * @param array     $code Code.
	 * @param int|float $base What it counts from.
	 * @return int|float
	 */
	private function wanted_of( array $code, $base ) {
		if ( 'percentage' === $code['value']['type'] ) {
			return Margin::percentage_of( $base, $code['value']['basisPoints'] );
		}
		return min( $base, null === $this->conversion ? 0 : $this->conversion->nearest( $code['value']['minor'] ) );
	}

	/**
	 * What lines cost now.
	 *
	 * @param int[] $lines Places.
	 * @return int|float
	 */
	private function total_of( array $lines ) {
		return array_sum( $this->column( $lines, 'total' ) );
	}

	/**
	 * One thing of some lines.
	 *
	 * @param int[]  $lines Places.
	 * @param string $key   What of them.
	 * @return array
	 */
	private function column( array $lines, $key ) {
		$found = array();
		foreach ( $lines as $at ) {
			$found[] = $this->standing[ $at ][ $key ];
		}
		return $found;
	}

	/**
	 * Takes the order's goal off lines.
	 *
	 * @param int|float $goal_minor Minor units.
	 * @param int[]     $lines      Places.
	 */
	private function take_goal( $goal_minor, array $lines ) {
		$shares = Money::split_by_weights( min( $goal_minor, $this->total_of( $lines ) ), $this->column( $lines, 'total' ) );
		foreach ( $lines as $place => $at ) {
			$this->standing[ $at ]['goal']   = $shares[ $place ];
			$this->standing[ $at ]['total'] -= $shares[ $place ];
		}
	}

	/**
	 * Takes a code off lines.
	 *
	 * @param array     $code     Code.
	 * @param int[]     $lines    Places.
	 * @param int|float $measured The amount that a percentage counts from.
	 */
	private function take_off( array $code, array $lines, $measured ) {
		$ours   = 'trellis' === $code['runBy'];
		$base   = $this->total_of( $lines );
		$wanted = min( $base, $this->wanted_of( $code, $measured ) );

		list( $guarded, $outcome ) = Margin::guard_discount( $wanted, $base, array_sum( $this->column( $lines, $ours ? 'raised' : 'floor' ) ) );

		$minor  = $ours ? $guarded : $wanted;
		$shares = Money::split_by_weights( $minor, $this->column( $lines, 'total' ) );
		foreach ( $lines as $place => $at ) {
			$this->standing[ $at ]['total'] -= $shares[ $place ];
		}
		$this->reasons[] = Reason::of( 'code-applied', $code['code'], $minor );
		if ( 'untouched' === $outcome ) {
			return;
		}
		$margin          = 'refused' === $outcome ? 'margin-refused' : 'margin-reduced';
		$this->reasons[] = Reason::of( $ours ? $margin : 'code-below-margin', $code['code'], $wanted - $guarded );
	}
}
