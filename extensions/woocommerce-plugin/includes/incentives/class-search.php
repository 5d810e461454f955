<?php
/**
 * The exact search. Twin of `search` in app/domains/incentives/combine.ts.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Incentives;

defined( 'ABSPATH' ) || exit;

/**
 * Branch and bound over how often each candidate is used, best value per unit first. A branch is cut when even filling
 * all units that are left at the current value per unit would not beat the best.
 */
final class Search {

	/**
	 * The best choices that were found.
	 *
	 * @var array[]
	 */
	public $best;

	/**
	 * Steps that were made.
	 *
	 * @var int
	 */
	public $steps = 0;

	/**
	 * What the best choices save.
	 *
	 * @var int|float
	 */
	private $best_worth = 0;

	/**
	 * Candidates in the order of the search.
	 *
	 * @var Candidate[]
	 */
	private $order;

	/**
	 * Counts that are left.
	 *
	 * @var array
	 */
	private $left;

	/**
	 * Steps that may be made.
	 *
	 * @var int
	 */
	private $max_steps;

	/**
	 * What may still be tried.
	 *
	 * @var Work
	 */
	private $work;

	/**
	 * Choices on the way.
	 *
	 * @var array[]
	 */
	private $chosen = array();

	/**
	 * Searches.
	 *
	 * @param Candidate[] $candidates Ways that save something.
	 * @param array       $left       Counts that are left.
	 * @param array[]     $incumbent  Choices to beat.
	 * @param int         $max_steps  Steps that may be made.
	 * @param Work        $work       Is counted down.
	 */
	public function __construct( array $candidates, array $left, array $incumbent, $max_steps, Work $work ) {
		$this->order     = Sort::stable(
			$candidates,
			static function ( $a, $b ) {
				return $b->value * $a->size <=> $a->value * $b->size;
			}
		);
		$this->left      = $left;
		$this->best      = $incumbent;
		$this->max_steps = $max_steps;
		$this->work      = $work;
		foreach ( $incumbent as $choice ) {
			$this->best_worth += $choice['candidate']->value * $choice['count'];
		}
		$touched = array();
		foreach ( $this->order as $candidate ) {
			foreach ( $candidate->pools as $pool ) {
				$touched[ $pool ] = $left[ $pool ];
			}
		}
		$this->visit( 0, 0, array_sum( $touched ) );
	}

	/**
	 * True when the search came to its end.
	 *
	 * @return bool
	 */
	public function exact() {
		return $this->steps < $this->max_steps;
	}

	/**
	 * Uses a candidate as often as it fits, and less often down to never.
	 *
	 * @param int       $index Candidate.
	 * @param int|float $value Saved so far.
	 * @param int       $units Units that are left.
	 */
	private function visit( $index, $value, $units ) {
		if ( $value > $this->best_worth ) {
			$this->best_worth = $value;
			$this->best       = $this->chosen;
		}
		if ( ! isset( $this->order[ $index ] ) || $this->steps >= $this->max_steps || $this->work->left <= 0 ) {
			return;
		}
		$candidate = $this->order[ $index ];
		if ( ( $value - $this->best_worth ) * $candidate->size + $units * $candidate->value <= 0 ) {
			return;
		}
		++$this->steps;
		$this->work->left -= Work::STEP + Work::NEED * count( $candidate->needs );

		$times = self::fits( $candidate, $this->left );
		if ( $times > 0 ) {
			self::take( $candidate, $times, $this->left );
		}
		for ( ; $times > 0; --$times ) {
			$before         = $this->steps;
			$this->chosen[] = array(
				'candidate' => $candidate,
				'count'     => $times,
			);
			$this->visit( $index + 1, $value + $candidate->value * $times, $units - $candidate->size * $times );
			array_pop( $this->chosen );
			// Where this often leads nowhere, less often does not either: it saves less and leaves only what is worth less.
			if ( $this->steps === $before ) {
				self::take( $candidate, -$times, $this->left );
				return;
			}
			self::take( $candidate, -1, $this->left );
		}
		$this->visit( $index + 1, $value, $units );
	}

	/**
	 * How often a candidate fits into what is left.
	 *
	 * @param Candidate $candidate Way.
	 * @param array     $left      Counts that are left.
	 * @return int
	 */
	public static function fits( Candidate $candidate, array $left ) {
		$times = PHP_INT_MAX;
		foreach ( $candidate->needs as $place => $count ) {
			$times = min( $times, intdiv( $left[ $place ], $count ) );
		}
		return $times;
	}

	/**
	 * Takes what a candidate needs.
	 *
	 * @param Candidate $candidate Way.
	 * @param int       $times     How often; below zero gives back.
	 * @param array     $left      Counts that are left; is changed.
	 */
	public static function take( Candidate $candidate, $times, array &$left ) {
		foreach ( $candidate->needs as $place => $count ) {
			$left[ $place ] -= $count * $times;
		}
	}
}
