<?php
/**
 * What the app says about this store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Client;

defined( 'ABSPATH' ) || exit;

/**
 * Status and key numbers, remembered for five minutes (15 seconds while something moves, a minute where no answer came).
 */
final class Numbers {

	const CACHE = 'trellis_numbers';

	/** How long an old answer is shown while the app does not answer. */
	const OLD = WEEK_IN_SECONDS;

	/**
	 * The newest answer.
	 *
	 * @param bool $refresh True asks even where an answer is fresh.
	 * @return array{answer: array|null, at: int, error: string, code: string} `answer` is the last one that came (null: none yet); `error` says why no newer one did;
	 *               `code` is the app's word for a refusal.
	 */
	public static function get( $refresh = false ) {
		$language = determine_locale();
		$known    = get_transient( self::CACHE );
		$known    = is_array( $known ) && $known['language'] === $language ? $known : null;
		if ( ! $refresh && $known && $known['until'] > time() ) {
			return $known;
		}
		$answer = Client::call( 'GET', '/plugin/woocommerce/numbers', array( 'locale' => strtolower( substr( $language, 0, 2 ) ) ), null, 8.0 );
		$fresh  = is_wp_error( $answer ) ? null : self::parse( $answer );
		$error  = is_wp_error( $answer ) ? $answer->get_error_message() : '';
		$data   = is_wp_error( $answer ) ? $answer->get_error_data() : null;
		$news   = array(
			'language' => $language,
			'answer'   => $fresh ? $fresh : ( $known ? $known['answer'] : null ),
			'at'       => $fresh ? time() : ( $known ? $known['at'] : 0 ),
			'until'    => time() + self::kept( $fresh ),
			'error'    => $error,
			'code'     => is_array( $data ) && isset( $data['code'] ) ? (string) $data['code'] : '',
		);
		set_transient( self::CACHE, $news, self::OLD );
		return $news;
	}

	/**
	 * Seconds that an answer is good for.
	 *
	 * @param array|null $answer See parse; null where none came.
	 */
	private static function kept( $answer ) {
		if ( null === $answer ) {
			return MINUTE_IN_SECONDS;
		}
		return 'importing' === $answer['status'] ? 15 : 5 * MINUTE_IN_SECONDS;
	}

	/**
	 * What was said last, without asking; null where nothing was.
	 */
	public static function last() {
		$known = get_transient( self::CACHE );
		return is_array( $known ) ? $known : null;
	}

	/**
	 * Asks anew at the next question.
	 */
	public static function clear() {
		delete_transient( self::CACHE );
	}

	/**
	 * Reads an answer: what is not as agreed falls away.
	 *
	 * @param array $answer Decoded JSON.
	 * @return array{status: string, progress: float|null, numbers: array, problems: array}
	 */
	public static function parse( array $answer ) {
		$progress = isset( $answer['progress'] ) && is_numeric( $answer['progress'] ) ? max( 0.0, min( 1.0, (float) $answer['progress'] ) ) : null;
		return array(
			'status'   => self::text( $answer, 'status' ),
			'progress' => $progress,
			'numbers'  => array_slice( self::rows( $answer, 'numbers', array( 'label', 'value' ), array( 'key', 'label', 'value', 'note' ) ), 0, 8 ),
			'problems' => array_slice( self::rows( $answer, 'problems', array( 'message' ), array( 'code', 'message' ) ), 0, 10 ),
		);
	}

	/**
	 * Rows of texts.
	 *
	 * @param array    $answer Decoded JSON.
	 * @param string   $name   Of the list.
	 * @param string[] $needed Texts that a row must have.
	 * @param string[] $kept   Texts that are read.
	 */
	private static function rows( array $answer, $name, array $needed, array $kept ) {
		$rows = array();
		foreach ( isset( $answer[ $name ] ) && is_array( $answer[ $name ] ) ? $answer[ $name ] : array() as $row ) {
			$read = array();
			foreach ( $kept as $field ) {
				$read[ $field ] = is_array( $row ) ? self::text( $row, $field ) : '';
			}
			if ( array() === array_filter(
				$needed,
				static function ( $field ) use ( $read ) {
					return '' === $read[ $field ];
				}
			) ) {
				$rows[] = $read;
			}
		}
		return $rows;
	}

	/**
	 * One text of at most 500 characters.
	 *
	 * @param array  $row  Decoded JSON.
	 * @param string $name Of the field.
	 */
	private static function text( array $row, $name ) {
		return isset( $row[ $name ] ) && is_string( $row[ $name ] ) ? mb_substr( $row[ $name ], 0, 500 ) : '';
	}
}
