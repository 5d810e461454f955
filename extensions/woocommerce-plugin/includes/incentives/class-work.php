<?php
/**
 * How much may be tried in one cart. Twin of app/domains/incentives/work.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * What may still be tried. A checkout of another platform is stopped beyond it; here the same is tried, so that both
 * agree.
 */
final class Work {

	const CART  = 360000;
	const LEAST = 80000;

	/** Reading an offer, each product that it names, and each tier of its goals. */
	const OFFER = 375;
	const ITEM  = 44;
	const TIER  = 133;

	/** Holding a plan against the cart: itself, each place in it, each product and each pool of a place. */
	const PLAN    = 100;
	const SLOT    = 30;
	const PRODUCT = 8;
	const POOL    = 20;

	/** Filling an offer once: itself and each pool that is looked at. */
	const FILLING = 80;
	const LOOK    = 14;

	/** Counting in how many ways a place can be filled: each pool, each number of units. */
	const WAYS_POOL  = 4;
	const WAYS_UNITS = 4;

	/** One step of the search: itself and each count that it takes from. */
	const STEP = 20;
	const NEED = 8;

	/**
	 * What is left; from zero on nothing more is tried.
	 *
	 * @var int|float
	 */
	public $left;

	/**
	 * So much work.
	 *
	 * @param int|float $left INF = without bound.
	 */
	public function __construct( $left ) {
		$this->left = $left;
	}

	/**
	 * What a cart may take after its offers have been read.
	 *
	 * @param array[] $offers Live offers.
	 * @return Work
	 */
	public static function for_cart( array $offers ) {
		$left = self::CART;
		foreach ( $offers as $offer ) {
			$goals = Kinds\Registry::kind_of( $offer )->goals( $offer );
			$left -= self::OFFER + ( null === $goals ? self::ITEM * count( $offer['items'] ) : self::TIER * count( $goals['tiers'] ) );
		}
		return new self( max( self::LEAST, $left ) );
	}

	/**
	 * Filling an offer from so many pools that were looked at, of which so many were picked.
	 *
	 * @param int  $looked Pools.
	 * @param int  $picked Pools.
	 * @param bool $shared Some units may stand in more than one place.
	 */
	public function fill( $looked, $picked, $shared ) {
		$this->left -= self::FILLING + $looked * ( self::LOOK + ( $shared ? $picked : 0 ) );
	}

	/**
	 * Puts half of what is left aside.
	 *
	 * @return int What is to be given back.
	 */
	public function put_half_aside() {
		$half        = intdiv( $this->left, 2 );
		$this->left -= $half;
		return $half;
	}

	/**
	 * Gives back what was put aside.
	 *
	 * @param int $kept What was put aside.
	 */
	public function put_back( $kept ) {
		$this->left = $kept + max( 0, $this->left );
	}
}
