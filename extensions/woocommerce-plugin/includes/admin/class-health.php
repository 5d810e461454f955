<?php
/**
 * What stands in the way in this store.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Admin;

use Trellis\WooCommerce\Connection\Client;
use Trellis\WooCommerce\Connection\Connection;

defined( 'ABSPATH' ) || exit;

/**
 * Finds problems and says what to do. A problem is array( code, message ).
 */
final class Health {

	const CACHE = 'trellis_health';

	/** Seconds that work in the queue may be late before we say so. */
	const LATE = 3600;

	/** Seconds that a clock may be off: signatures are taken for 300, OAuth for 900. */
	const CLOCK = 240;

	/**
	 * Everything, the question to ourselves included; looked at once an hour.
	 *
	 * @return array<int, array{code: string, message: string}>
	 */
	public static function all() {
		$own = get_transient( self::CACHE );
		if ( ! is_array( $own ) ) {
			$own = array_filter( array( self::own_address() ) );
			set_transient( self::CACHE, $own, HOUR_IN_SECONDS );
		}
		return array_merge( self::quick(), array_values( $own ) );
	}

	/**
	 * What can be told without a request.
	 *
	 * @return array<int, array{code: string, message: string}>
	 */
	public static function quick() {
		$found = array();
		if ( '' === (string) get_option( 'permalink_structure' ) ) {
			$found['permalinks-plain'] = __( 'Your permalinks are "Plain". Choose another structure in Settings, Permalinks: the REST API by which Trellis reads your store then has its usual address.', 'trellis-for-woocommerce' );
		}
		if ( 0 !== strpos( home_url(), 'https://' ) && 'local' !== wp_get_environment_type() ) {
			$found['https-missing'] = __( 'Your store has no HTTPS address. WooCommerce accepts keys only over HTTPS: ask your host for a certificate and set both addresses in Settings, General to https://.', 'trellis-for-woocommerce' );
		}
		if ( self::queue_is_late() ) {
			$found['queue-late'] = defined( 'DISABLE_WP_CRON' ) && DISABLE_WP_CRON
				? __( 'Scheduled work of WooCommerce is more than an hour late, and WP-Cron is switched off in wp-config.php. Ask your host to call wp-cron.php every minute; until then new orders reach Trellis late.', 'trellis-for-woocommerce' )
				: __( 'Scheduled work of WooCommerce is more than an hour late, so new orders reach Trellis late. Look at WooCommerce, Status, Scheduled Actions; a call of wp-cron.php every minute by your host helps stores with few visitors.', 'trellis-for-woocommerce' );
		}
		if ( self::webhooks( 'disabled' ) ) {
			$found['webhook-disabled'] = __( 'WooCommerce switched a webhook to Trellis off after failed deliveries. Trellis switches it on again and fetches what it missed; if this note stays, set it to "Active" in WooCommerce, Settings, Advanced, Webhooks.', 'trellis-for-woocommerce' );
		}
		if ( abs( Client::clock_difference() ) > self::CLOCK ) {
			/* translators: %s: span of time, such as "10 mins" */
			$found['clock-off'] = sprintf( __( 'The clock of your server is wrong by %s. Trellis allows for it, but payments and sign-ins may fail: ask your host to set it right.', 'trellis-for-woocommerce' ), human_time_diff( 0, abs( Client::clock_difference() ) ) );
		}
		return self::listed( $found );
	}

	/**
	 * Looks anew at the next question.
	 */
	public static function clear() {
		delete_transient( self::CACHE );
	}

	/**
	 * Webhooks of this store that deliver to the app.
	 *
	 * @param string $status `active`, `disabled` …; '' for all.
	 * @return \WC_Webhook[]
	 */
	public static function webhooks( $status = '' ) {
		$connection = Connection::get();
		return null === $connection ? array() : self::webhooks_to( $connection['appUrl'], $status );
	}

	/**
	 * Webhooks that deliver to an address.
	 *
	 * @param string $app_url Of an app.
	 * @param string $status  As above.
	 * @return \WC_Webhook[]
	 */
	public static function webhooks_to( $app_url, $status = '' ) {
		// Some stores have hundreds of webhooks, and each plugin's stand behind those of others.
		$search = array( 'limit' => -1 ) + ( '' === $status ? array() : array( 'status' => $status ) );
		$hooks  = array_map( 'wc_get_webhook', \WC_Data_Store::load( 'webhook' )->search_webhooks( $search ) );
		return array_values(
			array_filter(
				$hooks,
				static function ( $hook ) use ( $app_url ) {
					return $hook && '' !== $app_url && 0 === strpos( $hook->get_delivery_url(), $app_url . '/' );
				}
			)
		);
	}

	/**
	 * Asks this store's own REST address, as a stranger does.
	 *
	 * @return array{code: string, message: string}|null
	 */
	private static function own_address() {
		$response = wp_remote_get(
			rest_url( 'wc-trellis/v1/status' ),
			array(
				'timeout'   => 5,
				'sslverify' => false,
				'cookies'   => array(),
			)
		);
		if ( is_wp_error( $response ) ) {
			/* translators: %s: technical reason */
			$message = sprintf( __( 'Your server cannot reach itself (%s). WP-Cron needs that: ask your host to allow loopback requests.', 'trellis-for-woocommerce' ), $response->get_error_message() );
			return self::one( 'loopback', $message );
		}
		$answer = json_decode( wp_remote_retrieve_body( $response ), true );
		$code   = is_array( $answer ) && isset( $answer['code'] ) ? (string) $answer['code'] : '';
		if ( 'trellis_forbidden' === $code ) {
			return null;
		}
		if ( in_array( (int) wp_remote_retrieve_response_code( $response ), array( 401, 403 ), true ) && '' !== $code ) {
			return self::one( 'rest-guests', __( 'A plugin closes the REST API to visitors who are not signed in. Suggestions in the cart and the cart blocks of WooCommerce need it: allow the addresses below /wp-json/trellis/ and /wp-json/wc/store/ in that plugin.', 'trellis-for-woocommerce' ) );
		}
		/* translators: %d: HTTP status, such as 403 */
		$message = sprintf( __( 'The REST API of your store is blocked (status %d), most likely by a security plugin or the firewall of your host. Allow the addresses below /wp-json/wc/ and /wp-json/wc-trellis/.', 'trellis-for-woocommerce' ), (int) wp_remote_retrieve_response_code( $response ) );
		return self::one( 'rest-blocked', $message );
	}

	/**
	 * True where Action Scheduler has work that should have been done long ago.
	 */
	private static function queue_is_late() {
		if ( ! function_exists( 'as_get_scheduled_actions' ) || ! did_action( 'action_scheduler_init' ) ) {
			return false;
		}
		$late = as_get_scheduled_actions(
			array(
				'status'       => \ActionScheduler_Store::STATUS_PENDING,
				'date'         => gmdate( 'Y-m-d H:i:s', time() - self::LATE ),
				'date_compare' => '<=',
				'per_page'     => 1,
			),
			'ids'
		);
		return array() !== $late;
	}

	/**
	 * Makes a list of it.
	 *
	 * @param array<string, string> $found Messages by code.
	 */
	private static function listed( array $found ) {
		return array_map( array( __CLASS__, 'one' ), array_keys( $found ), array_values( $found ) );
	}

	/**
	 * One problem.
	 *
	 * @param string $code    A word.
	 * @param string $message What to do.
	 */
	private static function one( $code, $message ) {
		return array(
			'code'    => $code,
			'message' => $message,
		);
	}
}
