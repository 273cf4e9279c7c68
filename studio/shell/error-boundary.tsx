import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { messageOf } from '../client/api-failure.ts';
import styles from './shell.module.css';

interface Props {
  /** A change of it forgets the error, such as another page. */
  readonly place: string;
  readonly children: ReactNode;
}
interface State {
  readonly error: unknown;
  readonly place: string;
}

/** Keeps a broken screen from taking the others down. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, place: this.props.place };

  static getDerivedStateFromError(error: unknown): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps(props: Props, state: State): Partial<State> | null {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    return (
      <section className={styles.missing} role="alert">
        <h1>This screen broke</h1>
        <p>{messageOf(this.state.error)}</p>
        <Button variant="default" size="sm" onClick={() => this.setState({ error: null })}>
          Try again
        </Button>
      </section>
    );
  }
}
