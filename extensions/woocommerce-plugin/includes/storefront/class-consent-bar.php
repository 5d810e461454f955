<?php
/**
 * Asks for consent where the store has no tool for it.
 *
 * @package Trellis\WooCommerce
 */

namespace Trellis\WooCommerce\Storefront;

use Trellis\WooCommerce\Connection\Connection;
use Trellis\WooCommerce\Settings;
use Trellis\WooCommerce\Storefront\Runtime\Shelf;

defined( 'ABSPATH' ) || exit;

/**
 * A small bar that speaks the WP Consent API's language in the browser, so that the storefront's script knows one way
 * only. It is the same in every copy of the page; the browser remembers the answer.
 */
final class Consent_Bar {

	const HANDLE = 'trellis-consent';

	/**
	 * Whether this page has the bar, once it was asked for.
	 *
	 * @var bool|null
	 */
	private static $used = null;

	/**
	 * True where the merchant chose the bar, no tool is there to ask, and there is something to ask for: a copy of the
	 * store measures nothing.
	 */
	public static function is_used() {
		if ( null === self::$used ) {
			self::$used = 'bar' === Settings::get()['consent'] && ! function_exists( 'wp_has_consent' ) && null !== Connection::get();
		}
		return self::$used;
	}

	/**
	 * The bar links to the page of privacy: it is read together with the page's products, which block themes print first.
	 */
	public static function start() {
		if ( self::is_used() ) {
			Shelf::read_beside( (int) get_option( 'wp_page_for_privacy_policy' ) );
		}
	}

	/**
	 * Asks for script and style.
	 *
	 * @return string[] Handles that the storefront's script has to wait for.
	 */
	public static function enqueue() {
		if ( ! self::is_used() ) {
			return array();
		}
		wp_enqueue_style( self::HANDLE, plugins_url( 'assets/consent-bar.css', TRELLIS_WOOCOMMERCE_FILE ), array(), TRELLIS_WOOCOMMERCE_VERSION );
		wp_enqueue_script( self::HANDLE, plugins_url( 'assets/consent-bar.js', TRELLIS_WOOCOMMERCE_FILE ), array(), TRELLIS_WOOCOMMERCE_VERSION, array( 'strategy' => 'defer' ) );
		return array( self::HANDLE );
	}

	/**
	 * Prints the bar, out of sight until the script finds that nobody has answered yet.
	 */
	public static function write() {
		if ( ! self::is_used() ) {
			return;
		}
		$policy = get_privacy_policy_url();
		?>
		<section class="trellis-consent" id="trellis-consent" aria-labelledby="trellis-consent-text" hidden>
			<p id="trellis-consent-text">
				<?php esc_html_e( 'May we count what is looked at and bought here, to suggest better things? Nothing is stored before you agree.', 'trellis-for-woocommerce' ); ?>
				<?php if ( $policy ) : ?>
					<a href="<?php echo esc_url( $policy ); ?>"><?php esc_html_e( 'Privacy', 'trellis-for-woocommerce' ); ?></a>
				<?php endif; ?>
			</p>
			<p>
				<button type="button" class="button wp-element-button" data-consent="deny"><?php esc_html_e( 'No', 'trellis-for-woocommerce' ); ?></button>
				<button type="button" class="button wp-element-button" data-consent="allow"><?php esc_html_e( 'Yes', 'trellis-for-woocommerce' ); ?></button>
			</p>
		</section>
		<?php
	}

	/**
	 * A button that opens the bar again, so that taking consent back is as easy as giving it.
	 *
	 * @return string
	 */
	public static function link() {
		if ( ! self::is_used() ) {
			return '';
		}
		Embed::want();
		return '<button type="button" class="trellis-consent-open" data-consent="ask">' . esc_html__( 'Privacy choices', 'trellis-for-woocommerce' ) . '</button>';
	}
}
